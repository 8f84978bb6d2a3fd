import { readDiscordApi, readWebConfig } from '../config.ts'
import { type Application, isSecretRight } from './discord-api.ts'
import type { Check } from './doctor.ts'

/** What people need to log in to the page; nothing where there is none. @param application of the bot */
export async function* examinePage(application: Application): AsyncGenerator<Check> {
  const { redirectUri, clientId = application.id, clientSecret } = readWebConfig()
  if (redirectUri === undefined) return
  yield examineRedirect(application, { redirectUri, clientId })
  const check = 'page secret'
  if (clientSecret === undefined) {
    const todo = 'put the secret of the Developer Portal (OAuth2, Reset Secret) into DISCORD_CLIENT_SECRET'
    yield { check, ok: false, found: 'no DISCORD_CLIENT_SECRET: nobody can log in, and the bot does not start', todo }
    return
  }
  const client = { id: clientId, secret: clientSecret, redirectUri, api: readDiscordApi() }
  try {
    if (await isSecretRight(client)) yield { check, ok: true, found: 'Discord knows it' }
    else {
      const todo =
        'make a new one in the Developer Portal (OAuth2, Reset Secret) and put it into DISCORD_CLIENT_SECRET; DISCORD_CLIENT_ID, if set, must be of the same application'
      yield { check, ok: false, found: 'Discord does not know it', todo }
    }
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error)
    yield { check, ok: false, found, todo: 'check the network and try again' }
  }
}

type Login = { redirectUri: string; clientId: string }

/** What owners stumble over most: Discord compares it letter by letter. */
function examineRedirect({ id, redirect_uris }: Application, { redirectUri, clientId }: Login): Check {
  const check = 'page redirect'
  // Discord tells a bot of its own application alone.
  if (clientId !== id || redirect_uris === undefined)
    return { check, ok: true, found: `cannot be looked up: the application ${clientId} must have ${redirectUri}` }
  if (redirect_uris.includes(redirectUri)) return { check, ok: true, found: redirectUri }
  const found =
    redirect_uris.length === 0
      ? 'the application has none, so that Discord refuses every login'
      : `the application has only ${redirect_uris.join(', ')}, so that Discord refuses every login`
  return { check, ok: false, found, todo: `add ${redirectUri} in the Developer Portal (OAuth2, Redirects) and save` }
}
