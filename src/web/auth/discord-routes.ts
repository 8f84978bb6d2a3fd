import { type Context, Hono } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { errorCode, UserError } from '../../errors.ts'
import { Cooldowns } from '../../services/cooldowns.ts'
import type { MemberDirectory } from '../../services/member-directory.ts'
import type { WebContext, WebEnv } from '../context.ts'
import type { Assets } from '../server/assets.ts'
import { languageOf } from '../server/errors.ts'
import { cookieName, findSession } from './authenticate.ts'
import { authorizationUrl, newAttempt, readIdentity } from './discord-oauth.ts'
import { keepAttempt, ownPath, takeAttempt } from './login-attempt.ts'
import { writeLoginPage } from './login-page.ts'

const WEEK_S = 7 * 24 * 3600
/** Of the whole site: what ends HTTPS stands before it, so that one address says nothing about who asks. */
const LOGINS_A_MINUTE = 300
const CALLBACKS_A_MINUTE = 120

/** What logging in takes. `api`: Discord's REST address, where it is not Discord's own. */
export type Login = {
  clientId: string | undefined
  clientSecret: string
  /** Where Discord sends browsers back to. */
  redirectUri: string
  api: string | undefined
}

type Options = Login & {
  assets: Assets
  members: MemberDirectory
  /** Throws UserError access.blocked */
  refuseBlocked(person: string): void
  isOperator(about: { person: string }): boolean
  rememberServers(person: string, ids: readonly string[]): Promise<void>
}

/** Logging in and out. Whoever opens a page without a session is asked to log in first. */
export function discordRoutes(web: WebContext, options: Options): Hono<WebEnv> {
  const [origin = ''] = web.origins
  const budgets = openBudgets()
  return new Hono<WebEnv>()
    .get('/login', async (c) => {
      const { to, error } = c.req.query()
      if (error === undefined && (await findSession(web, c))) return c.redirect(ownPath(to, origin))
      const language = languageOf(c.req.header('accept-language'))
      return c.html(writeLoginPage({ assets: options.assets, language, to: ownPath(to, origin), error }))
    })
    .get('/login/discord', async (c) => {
      const to = ownPath(c.req.query('to'), origin)
      return orSay(c, to, async () => {
        budgets.spend('login')
        const attempt = newAttempt()
        keepAttempt(web, c, { ...attempt, to })
        return c.redirect(String(await authorizationUrl(oauthOf(web, options), attempt)))
      })
    })
    .get('/login/callback', async (c) => {
      const attempt = takeAttempt(web, c)
      const to = ownPath(attempt?.to, origin)
      return orSay(c, to, async () => {
        if (!attempt)
          throw new UserError('login.state', 'Expected a login that began in this browser, received another')
        budgets.spend('callback')
        const identity = await readIdentity(oauthOf(web, options), new URL(c.req.url), attempt)
        await admit(web, c, { options, identity })
        return c.redirect(to)
      })
    })
    .post('/leave', async (c) => {
      const session = await findSession(web, c)
      if (session) await web.sessions.end(session.id, session.person)
      deleteCookie(c, cookieName(web), cookieOptions(web))
      return c.json({})
    })
    .post('/leave/everywhere', async (c) => {
      const session = await findSession(web, c)
      if (session) await web.sessions.endAllOf(session.person)
      deleteCookie(c, cookieName(web), cookieOptions(web))
      return c.json({})
    })
    .use('*', async (c, next) => {
      if (!isDocument(c) || (await findSession(web, c))) return next()
      const { pathname, search } = new URL(c.req.url)
      return c.redirect(pathname === '/' ? '/login' : `/login?to=${encodeURIComponent(pathname + search)}`)
    })
}

/** A page that a browser opens, and nothing that a page loads. */
const isDocument = ({ req }: Context<WebEnv>): boolean =>
  req.method === 'GET' && !/^\/(api|assets)\//.test(req.path) && (req.header('accept') ?? '').includes('text/html')

function oauthOf({ log }: WebContext, { clientId, members, clientSecret, redirectUri, api }: Options) {
  const application = clientId ?? members.application
  if (application === undefined) throw starting()
  return { clientId: application, clientSecret, redirectUri, api, log }
}

export const starting = (): UserError =>
  new UserError('discord.starting', 'Expected a bot that has connected, but it is starting')

type Admitted = { options: Options; identity: Awaited<ReturnType<typeof readIdentity>> }

/** Gives somebody a session of their own, new at every login. Throws UserError access.blocked, login.no-server, discord.starting */
async function admit(web: WebContext, c: Context<WebEnv>, { options, identity }: Admitted): Promise<void> {
  const { members, refuseBlocked, isOperator, rememberServers } = options
  const { id: person, name } = identity
  refuseBlocked(person)
  if (members.application === undefined) throw starting()
  const servers = await members.serversAmong(identity.servers)
  if (servers.length === 0 && !isOperator({ person }))
    throw new UserError('login.no-server', 'Expected a member of a server that has the bot, received somebody else')
  const before = await findSession(web, c)
  if (before) await web.sessions.end(before.id, before.person)
  await rememberServers(
    person,
    servers.map(({ id }) => id),
  )
  const secret = await web.sessions.open({ person, name, kind: 'browser' })
  setCookie(c, cookieName(web), secret, { ...cookieOptions(web), maxAge: WEEK_S })
}

/** Lax: links in chats lead here, and what changes something is checked by its origin besides. */
const cookieOptions = ({ origins }: WebContext) =>
  ({ path: '/', httpOnly: true, sameSite: 'Lax', secure: origins[0]?.startsWith('https:') ?? false }) as const

/** A login that failed ends on the login page, which says why: nobody can reload the address that Discord sent them to. */
async function orSay(c: Context<WebEnv>, to: string, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const query = new URLSearchParams({ error: errorCode(error) ?? '', ...(to !== '/' && { to }) })
    return c.redirect(`/login?${query}`)
  }
}

/** So that nobody has this program ask Discord without end. */
function openBudgets() {
  const perMinute = (max: number) => ({ max, windowMs: 60_000, maxWaitMs: 0 })
  const person = new Map([
    ['login', perMinute(LOGINS_A_MINUTE)],
    ['callback', perMinute(CALLBACKS_A_MINUTE)],
  ])
  const cooldowns = new Cooldowns({ person, server: new Map(), others: perMinute(CALLBACKS_A_MINUTE) })
  return {
    /** Throws UserError busy.full */
    spend(kind: 'login' | 'callback'): void {
      try {
        cooldowns.spend({ server: '', person: '', kind, amount: 1 })
      } catch (error) {
        throw new UserError('busy.full', 'Expected fewer logins a minute, received more', {}, { cause: error })
      }
    },
  }
}
