import type { MiddlewareHandler } from 'hono'
import { UserError } from '../../errors.ts'
import type { WebContext, WebEnv } from '../context.ts'
import { newNonce } from './nonce.ts'

const READING = ['GET', 'HEAD', 'OPTIONS']

/** Refuses what was sent to another host name: a page of somebody else whose name points at this machine (DNS rebinding). */
export const checkHost = ({ origins }: WebContext): MiddlewareHandler<WebEnv> => {
  const hosts = new Set(origins.map((origin) => new URL(origin).host))
  return async (c, next) => {
    const host = c.req.header('host') ?? ''
    if (!hosts.has(host))
      throw new UserError('web.host', `Expected a request to ${[...hosts].join(' or ')}, received another host`)
    return next()
  }
}

/**
 * Refuses what pages of other origins send in a visitor's name. Scripts with a token of their own say no origin; browsers say one
 * with every request that changes something.
 */
export const checkOrigin = ({ origins }: WebContext): MiddlewareHandler<WebEnv> => {
  return async (c, next) => {
    const origin = c.req.header('origin')
    const isReading = READING.includes(c.req.method)
    const isScript = origin === undefined && c.req.header('authorization') !== undefined
    const isForeign = origin === undefined ? !isReading && !isScript : !origins.includes(origin)
    const site = c.req.header('sec-fetch-site')
    const comesFromElsewhere = !isReading && site !== undefined && site !== 'same-origin'
    if (isForeign || comesFromElsewhere)
      throw new UserError('web.origin', 'Expected a request of this page, received one of another origin')
    return next()
  }
}

const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/** Headers of every answer: nothing from elsewhere is loaded, and no other page frames or reads this one. */
export const secureHeaders: MiddlewareHandler<WebEnv> = async (c, next) => {
  const nonce = newNonce()
  c.set('nonce', nonce)
  await next()
  const { headers } = c.res
  headers.set('x-content-type-options', 'nosniff')
  headers.set('cross-origin-resource-policy', 'same-origin')
  // A page of its own is none of these, and the first load has many.
  if (/^text\/(javascript|css)/.test(headers.get('content-type') ?? '') && c.res.ok) return
  headers.set('content-security-policy', policy(nonce))
  headers.set('x-frame-options', 'DENY')
  headers.set('referrer-policy', 'same-origin')
  headers.set('cross-origin-opener-policy', 'same-origin')
  headers.set('permissions-policy', 'camera=(self), microphone=(), geolocation=(), payment=()')
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
}
