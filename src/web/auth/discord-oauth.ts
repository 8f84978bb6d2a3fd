import * as oauth from 'oauth4webapi'
import { fetch, type RequestInit } from 'undici'
import { z } from 'zod'
import { UserError } from '../../errors.ts'
import { openProxyAgent } from '../../http-proxy.ts'
import type { Logger } from '../../logger.ts'

/** Who somebody is, and which servers they are in: ids. */
type Identity = { id: string; name: string; servers: string[] }

/** What a login is recognized by when the browser comes back: known to that browser and to this program alone. */
export type Attempt = { state: string; verifier: string }

/** `api`: Discord's REST address without the version, where it is not Discord's own. `redirectUri`: as the Developer Portal has it. */
type Settings = { clientId: string; clientSecret: string; redirectUri: string; api?: string | undefined; log: Logger }

const DISCORD = 'https://discord.com'
const ANSWER_WITHIN_MS = 10_000
const SERVER_ERROR = 500
/** Name and servers, and nothing that could be changed with it. */
const SCOPES = 'identify guilds'

const Me = z.object({ id: z.string(), username: z.string(), global_name: z.string().nullish() })
const Guilds = z.array(z.object({ id: z.string() }))

export const newAttempt = (): Attempt => ({
  state: oauth.generateRandomState(),
  verifier: oauth.generateRandomCodeVerifier(),
})

/** Where the browser is sent, to be asked whether it may be told who they are. */
export async function authorizationUrl(settings: Settings, { state, verifier }: Attempt): Promise<URL> {
  const url = new URL(serverOf(settings).authorization_endpoint ?? '')
  const asked = {
    response_type: 'code',
    client_id: settings.clientId,
    redirect_uri: settings.redirectUri,
    scope: SCOPES,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    // Whoever has agreed before is not asked again.
    prompt: 'none',
  }
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
  return url
}

/**
 * Reads who came back, and gives the token back at once: nothing keeps it.
 * @param returned the address that the browser came back to
 * Throws UserError login.cancelled, login.state, login.expired, login.misconfigured, discord.unreachable
 */
export async function readIdentity(settings: Settings, returned: URL, attempt: Attempt): Promise<Identity> {
  const answer = validate(settings, returned, attempt)
  try {
    const token = await exchange(settings, answer, attempt)
    try {
      return await askWho(settings, token)
    } finally {
      await revoke(settings, token)
    }
  } catch (error) {
    throw explainExchange(settings, error)
  }
}

/** Throws UserError login.* for what did not begin in this browser, or was refused */
function validate(settings: Settings, returned: URL, { state }: Attempt): URLSearchParams {
  const isOurs = returned.searchParams.get('state') === state
  // Asked before anything else: whoever said no is told that, whatever else is missing.
  if (isOurs && returned.searchParams.get('error') === 'access_denied')
    throw new UserError('login.cancelled', 'Expected a yes, received a no')
  // The library looks at it later, where what is wrong with it would look like Discord's fault.
  if (isOurs && !returned.searchParams.has('error') && returned.searchParams.getAll('code').length !== 1)
    throw notOurs()
  try {
    return oauth.validateAuthResponse(serverOf(settings), clientOf(settings), returned, state)
  } catch (error) {
    if (!(error instanceof oauth.AuthorizationResponseError)) throw notOurs()
    const { log, redirectUri } = settings
    log.error({ reason: error.error, redirectUri }, 'Discord refuses logins: check the redirect URI and the client id')
    throw misconfigured()
  }
}

async function exchange(settings: Settings, answer: URLSearchParams, { verifier }: Attempt): Promise<string> {
  const [server, client, authentication] = [serverOf(settings), clientOf(settings), authenticationOf(settings)]
  const [uri, how] = [settings.redirectUri, sending(settings)]
  const response = await oauth.authorizationCodeGrantRequest(server, client, authentication, answer, uri, verifier, how)
  const { access_token } = await oauth.processAuthorizationCodeResponse(server, client, response)
  return access_token
}

const clientOf = ({ clientId }: Settings): oauth.Client => ({ client_id: clientId })
const authenticationOf = ({ clientSecret }: Settings): oauth.ClientAuth => oauth.ClientSecretPost(clientSecret)

/** As https://discord.com/.well-known/oauth-authorization-server says; another address is one for tests. */
function serverOf({ api }: Settings): oauth.AuthorizationServer {
  const base = api?.replace(/\/$/, '') ?? `${DISCORD}/api`
  return {
    issuer: api === undefined ? DISCORD : new URL(api).origin,
    authorization_endpoint: `${api === undefined ? DISCORD : base}/oauth2/authorize`,
    token_endpoint: `${base}/oauth2/token`,
    revocation_endpoint: `${base}/oauth2/token/revoke`,
    authorization_response_iss_parameter_supported: true,
  }
}

const sending = ({ api }: Settings) => ({
  signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  [oauth.allowInsecureRequests]: api?.startsWith('http:') ?? false,
  // undici's own, since its proxy is not one of Node's.
  [oauth.customFetch]: (url: string, init: object): Promise<Response> =>
    fetch(url, { ...(init as RequestInit), dispatcher: openProxyAgent() }) as unknown as Promise<Response>,
})

async function askWho(settings: Settings, token: string): Promise<Identity> {
  const base = `${settings.api?.replace(/\/$/, '') ?? `${DISCORD}/api`}/v10`
  const ask = async (path: string): Promise<unknown> => {
    const url = new URL(base + path)
    const response = await oauth.protectedResourceRequest(token, 'GET', url, new Headers(), null, sending(settings))
    if (!response.ok) throw new Error(`Discord answered ${response.status} to ${path}`)
    return response.json()
  }
  const [me, guilds] = [Me.parse(await ask('/users/@me')), Guilds.parse(await ask('/users/@me/guilds'))]
  return { id: me.id, name: me.global_name || me.username, servers: guilds.map(({ id }) => id) }
}

/** Should it fail, the token ends by itself; nobody has it. */
async function revoke(settings: Settings, token: string): Promise<void> {
  const [server, client, authentication] = [serverOf(settings), clientOf(settings), authenticationOf(settings)]
  try {
    const response = await oauth.revocationRequest(server, client, authentication, token, sending(settings))
    await oauth.processRevocationResponse(response)
  } catch (error) {
    settings.log.warn({ reason: reasonOf(error) }, 'the token of a login could not be given back')
  }
}

/** For the person. Errors of the library hold codes and whole answers, which no log may have. */
function explainExchange({ log, redirectUri }: Settings, error: unknown): UserError {
  const reason = reasonOf(error)
  if (error instanceof oauth.ResponseBodyError && error.status < SERVER_ERROR) {
    if (error.error === 'invalid_grant')
      return new UserError('login.expired', 'Expected a code that counts, received one that no longer does')
    log.error({ reason, redirectUri }, 'Discord refuses logins: check DISCORD_CLIENT_SECRET and the redirect URI')
    return misconfigured()
  }
  log.warn({ reason }, 'Discord cannot be asked who somebody is')
  return new UserError('discord.unreachable', 'Expected an answer of Discord, received none that helps')
}

const notOurs = (): UserError =>
  new UserError('login.state', 'Expected a login that began in this browser, received another')

const misconfigured = (): UserError =>
  new UserError('login.misconfigured', 'Expected Discord to know this application, but it refuses it')

function reasonOf(error: unknown): string {
  if (error instanceof oauth.ResponseBodyError) return `${error.status} ${error.error}`
  if (error instanceof oauth.OperationProcessingError) return String(error.code)
  return error instanceof Error ? error.name : 'unknown'
}
