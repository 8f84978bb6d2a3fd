import { randomBytes, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import { LOCAL_SERVER } from '../../db/datasets.ts'
import { UserError } from '../../errors.ts'
import type { SettingsCache } from '../../services/settings-cache.ts'
import type { AccessControl, WebContext, WebEnv } from '../context.ts'
import { readJson } from '../server/json-body.ts'
import { cookieName, findSession, LOCAL } from './authenticate.ts'

const TOKEN_BYTES = 24
const WEEK_S = 7 * 24 * 3600
/** Wrong tokens in a row after which none counts, until a new one is made: nobody guesses on. */
const MAX_WRONG = 20

/** Whoever has not come in yet sends a token and no more. */
const MAX_BODY_BYTES = 1_000
const Body = z.object({ token: z.string().max(200) })

export type TokenAccess = AccessControl & {
  /** A new token, which counts once; those before it no longer do. */
  newToken(): string
}

/**
 * Whoever has the token that the terminal printed may do everything on this machine. It stands in the fragment of the address, which
 * reaches no log; one request swaps it for a cookie.
 * @param person who works in the terminal
 */
export function openTokenAccess(settings: SettingsCache, person: string): TokenAccess {
  let token: string | undefined
  let wrong = 0

  function spend(given: string): boolean {
    if (token === undefined) return false
    const [a, b] = [Buffer.from(given), Buffer.from(token)]
    const isRight = a.length === b.length && timingSafeEqual(a, b)
    if (isRight || ++wrong >= MAX_WRONG) token = undefined
    return isRight
  }

  return {
    kind: 'token',
    newToken() {
      wrong = 0
      token = randomBytes(TOKEN_BYTES).toString('base64url')
      return token
    },
    routes: (web) => routes(web, { spend, person }),
    isOperator: () => true,
    serversOf: async () => [{ id: LOCAL, name: LOCAL }],
    async visitorIn(_session, server) {
      if (server !== LOCAL_SERVER) return undefined
      const member = { id: person, roles: [], managesMessages: true, managesServer: true, ownsServer: true }
      return { server, person: member, settings: await settings.read(server), isOperator: true, seesAll: true }
    },
  }
}

type Entering = { spend: (token: string) => boolean; person: string }

const routes = (web: WebContext, { spend, person }: Entering): Hono<WebEnv> =>
  new Hono<WebEnv>()
    .post('/enter', async (c) => {
      const { success, data } = Body.safeParse(await readJson(c.req.raw, { maxBytes: MAX_BODY_BYTES }))
      if (!success || !spend(data.token))
        throw new UserError('web.token', 'Expected the token that the terminal printed last, received another')
      const secret = await web.sessions.open({ person, name: person, kind: 'browser' })
      setCookie(c, cookieName(web), secret, { path: '/', httpOnly: true, sameSite: 'Strict', maxAge: WEEK_S })
      return c.json({})
    })
    .post('/leave', async (c) => {
      const session = await findSession(web, c)
      if (session) await web.sessions.end(session.id, session.person)
      deleteCookie(c, cookieName(web), { path: '/' })
      return c.json({})
    })
