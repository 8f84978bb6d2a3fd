/** The page that asks people to log in with Discord. */
export const login = {
  title: 'Sign in',
  lead: 'See and teach what Mekiki knows on your Discord servers.',
  button: 'Sign in with Discord',
  about:
    'Discord tells Mekiki your name and the servers that you are in. For a week Mekiki remembers your name and which of those servers use it. It gets no access to your account.',
}
