import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import type { WebContext, WebEnv } from '../context.ts'
import type { Attempt } from './discord-oauth.ts'

/** Who is asked for a password on the way takes a while. */
const LIFETIME_S = 15 * 60
const MAX_LENGTH = 2_000

const Stored = z.object({ state: z.string().min(1), verifier: z.string().min(1), to: z.string() })
/** A login that has begun. `to`: the path that somebody wanted to see. */
type Begun = Attempt & { to: string }

const isSecure = ({ origins }: WebContext): boolean => origins[0]?.startsWith('https:') ?? false
const nameOf = (web: WebContext): string => (isSecure(web) ? '__Host-mekiki-login' : 'mekiki-login')
const optionsOf = (web: WebContext) =>
  // Lax: the browser comes back from another site.
  ({ path: '/', httpOnly: true, sameSite: 'Lax', secure: isSecure(web) }) as const

/** Logins that have begun are kept by the browsers: however many begin, they take no memory here, and outlast a restart. */
export function keepAttempt(web: WebContext, c: Context<WebEnv>, begun: Begun): void {
  const value = Buffer.from(JSON.stringify(begun)).toString('base64url')
  setCookie(c, nameOf(web), value, { ...optionsOf(web), maxAge: LIFETIME_S })
}

/** The login that this browser began last, once: it counts no more afterwards. */
export function takeAttempt(web: WebContext, c: Context<WebEnv>): Begun | undefined {
  const value = getCookie(c, nameOf(web))
  if (value === undefined) return undefined
  deleteCookie(c, nameOf(web), optionsOf(web))
  try {
    return Stored.safeParse(JSON.parse(Buffer.from(value, 'base64url').toString('utf8'))).data
  } catch {
    return undefined
  }
}

/** A path of this page, and `/` for everything that leads elsewhere. */
export function ownPath(path: string | undefined, origin: string): string {
  if (path === undefined || path.length > MAX_LENGTH || !path.startsWith('/')) return '/'
  const url = URL.parse(path, origin)
  return url?.origin === origin ? url.pathname + url.search + url.hash : '/'
}
