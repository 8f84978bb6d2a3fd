import type { ErrorWords } from '../error-words.ts'
import type { Markup } from '../markup.ts'

/** What is said to those who log in to the page. */
export const loginErrors = (m: Markup): ErrorWords => ({
  'login.cancelled': 'You cancelled, so you aren’t signed in.',
  'login.state': 'This sign-in didn’t begin in this browser, or it took longer than 15 minutes. Please try again.',
  'login.expired': 'This sign-in was used before, or it took too long. Please try again.',
  'login.misconfigured': `Discord doesn’t accept sign-ins for this page. My operator should run ${m.code('doctor')}.`,
  'login.no-server':
    'You aren’t on any Discord server that uses me. Ask somebody who manages one to invite me, then sign in again.',
  'discord.starting': 'I’m still connecting to Discord. Please try again in a minute.',
  'discord.unreachable': 'I can’t reach Discord to find out who you are. Please try again in a minute.',
})
