// Discord's OAuth2, as strict as the real one: browsers are asked, codes count once, PKCE is checked, tokens can be given back.
import { createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { no, ok, type Reply } from './call.ts'
import type { Guild, User } from './entities.ts'

export const CLIENT_SECRET = 'client-secret-of-the-stand-in'

type Code = { user: User; challenge: string; redirectUri: string; isUsed: boolean }
type World = { bot: User; host: string; guilds: Guild[]; complain(what: string): void }

export class OAuth {
  /** What the owner wrote into the Developer Portal. */
  readonly redirectUris: string[] = []
  /** Who sits before the browser, and what they say when they are asked. */
  visitor: User | undefined
  says: 'yes' | 'no' = 'yes'
  /** Who it says that it is, where bots call it by another name. */
  issuer: string | undefined
  /** Servers of somebody that no bot is in, by their ids. */
  readonly otherServers = new Map<string, string[]>()
  /** Everything that must be kept nowhere. */
  readonly secrets: string[] = [CLIENT_SECRET]
  private readonly codes = new Map<string, Code>()
  private readonly tokens = new Map<string, User>()
  private readonly world: World

  constructor(world: World) {
    this.world = world
  }

  /** Tokens that nobody has given back. */
  get openTokens(): number {
    return this.tokens.size
  }

  /** Undefined: the address is another one. */
  async answer(request: IncomingMessage, path: string): Promise<Reply | undefined> {
    if (path === '/api/oauth2/authorize')
      return this.authorize(new URL(request.url ?? '', 'http://localhost').searchParams)
    if (path === '/api/oauth2/token') return this.exchange(await readForm(request))
    if (path === '/api/oauth2/token/revoke') return this.revoke(await readForm(request))
    const [, token] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? []
    return token === undefined ? undefined : this.tell(token, path)
  }

  private authorize(asked: URLSearchParams): Reply {
    const { world } = this
    const redirectUri = asked.get('redirect_uri') ?? ''
    if (asked.get('client_id') !== world.bot.id) return no(400, 0, 'Unknown Application')
    if (!this.redirectUris.includes(redirectUri)) return no(400, 50035, 'Invalid OAuth2 redirect_uri')
    if (asked.get('scope') !== 'identify guilds') world.complain(`a login asks for ${asked.get('scope')}`)
    if (asked.get('response_type') !== 'code') world.complain('a login asks for no code')
    if (asked.get('code_challenge_method') !== 'S256') world.complain('a login without PKCE')
    const state = asked.get('state') ?? ''
    if (state.length < 20) world.complain('a login whose state can be guessed')
    const back = new URL(redirectUri)
    back.searchParams.set('state', state)
    back.searchParams.set('iss', this.issuer ?? `http://${world.host}`)
    if (this.says === 'no' || !this.visitor) {
      back.searchParams.set('error', 'access_denied')
      back.searchParams.set('error_description', 'The resource owner or authorization server denied the request')
    } else {
      const code = this.newSecret()
      const challenge = asked.get('code_challenge') ?? ''
      this.codes.set(code, { user: this.visitor, challenge, redirectUri, isUsed: false })
      back.searchParams.set('code', code)
    }
    return { status: 302, headers: { location: String(back) } }
  }

  private exchange(form: URLSearchParams): Reply {
    if (form.get('client_id') !== this.world.bot.id || form.get('client_secret') !== CLIENT_SECRET)
      return { status: 401, body: { error: 'invalid_client' } }
    const code = this.codes.get(form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const counts = code && !code.isUsed && code.redirectUri === form.get('redirect_uri') && code.challenge === challenge
    if (!counts)
      return { status: 400, body: { error: 'invalid_grant', error_description: 'Invalid "code" in request.' } }
    code.isUsed = true
    const [access_token, refresh_token] = [this.newSecret(), this.newSecret()]
    this.tokens.set(access_token, code.user)
    return ok({ access_token, refresh_token, token_type: 'Bearer', expires_in: 604_800, scope: 'identify guilds' })
  }

  private revoke(form: URLSearchParams): Reply {
    if (form.get('client_secret') !== CLIENT_SECRET) return { status: 401, body: { error: 'invalid_client' } }
    this.tokens.delete(form.get('token') ?? '')
    return ok({})
  }

  private tell(token: string, path: string): Reply {
    const user = this.tokens.get(token)
    if (!user) return no(401, 0, '401: Unauthorized')
    if (path === '/api/v10/users/@me') return ok({ ...user, locale: 'en-US', mfa_enabled: false })
    if (path !== '/api/v10/users/@me/guilds') return no(403, 50001, 'Missing Access')
    const theirs = this.world.guilds.filter((g) => g.members.some((m) => m.user.id === user.id))
    const others = (this.otherServers.get(user.id) ?? []).map((id) => ({ id, name: 'elsewhere' }))
    const listed = [...theirs.map(({ id, name }) => ({ id, name })), ...others]
    return ok(listed.map((guild) => ({ ...guild, icon: null, owner: false, permissions: '0', features: [] })))
  }

  private newSecret(): string {
    const secret = randomBytes(15).toString('base64url')
    this.secrets.push(secret)
    return secret
  }
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'))
}
