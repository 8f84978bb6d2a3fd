import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { UserError } from '../../errors.ts'
import { requireAccess } from '../../services/permissions.ts'
import type { RequireAccess, Session, Visitor, WebContext, WebEnv } from '../context.ts'
import { languageOf } from '../server/errors.ts'

/** What the cookie is called. Over HTTPS the browser sends it to this host alone. */
export const cookieName = ({ origins }: WebContext): string =>
  origins[0]?.startsWith('https:') ? '__Host-mekiki' : 'mekiki'

/** The session of a request's token or cookie. */
export async function findSession(web: WebContext, c: Context<WebEnv>): Promise<Session | undefined> {
  const bearer = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1]
  const secret = bearer ?? getCookie(c, cookieName(web))
  return secret === undefined ? undefined : web.sessions.find(secret)
}

/** Throws UserError web.not-logged-in */
export const authenticate =
  (web: WebContext): MiddlewareHandler<WebEnv> =>
  async (c, next) => {
    c.set('language', languageOf(c.req.header('accept-language')))
    const session = await findSession(web, c)
    if (!session) throw new UserError('web.not-logged-in', 'Expected somebody who is logged in, received nobody')
    c.set('session', session)
    return next()
  }

/** What the page calls the terminal's own server, whose id is empty. */
export const LOCAL = 'local'

/** Who asks, in the server that the address names. Throws UserError web.nothing: for them there is no such server */
export async function visitorOf(web: WebContext, c: Context<WebEnv>): Promise<Visitor> {
  const named = c.req.param('server') ?? ''
  const visitor = await web.access.visitorIn(c.get('session'), named === LOCAL ? '' : named)
  if (!visitor) throw new UserError('web.nothing', 'Expected a server that this person is in, received another')
  const { language } = visitor.settings
  return { ...visitor, language: language === 'auto' ? c.get('language') : language }
}

export const requireAccessOf =
  ({ isOperator, settings, person }: Visitor): RequireAccess =>
  (access) => {
    if (!isOperator) requireAccess(settings, person, access)
  }
