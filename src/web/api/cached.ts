import type { Context } from 'hono'
import type { WebEnv } from '../context.ts'

/** Kept by this browser alone, which asks again before it shows it: rights may be gone, and pictures forgotten. */
const CACHING = 'private, no-cache'
const NOT_MODIFIED = 304

/** @param tag another one where the answer is another. @returns 304 where somebody has the answer already */
export function unlessKnown(c: Context<WebEnv>, tag: string): Response | undefined {
  const etag = `"${tag}"`
  c.header('etag', etag)
  c.header('cache-control', CACHING)
  const known = (c.req.header('if-none-match') ?? '').split(',').map((each) => each.trim().replace(/^W\//, ''))
  return known.includes(etag) ? c.body(null, NOT_MODIFIED) : undefined
}
