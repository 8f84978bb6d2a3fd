import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { UserError } from '../../errors.ts'
import type { WebEnv } from '../context.ts'
import type { Asset, Assets } from './assets.ts'

const FOREVER = 'public, max-age=31536000, immutable'
/** Of brotli, 0 to 11: higher ones take seconds for all of the page. */
const BROTLI_QUALITY = 6

/** Serves them under `/assets/{hash}/`. */
export const assetRoutes = (assets: Assets): Hono<WebEnv> =>
  new Hono<WebEnv>().all('*', (c) => {
    const found = assets.find(c.req.path.replace(`/assets/${assets.hash}/`, ''))
    // The page itself, under the name of a script, would be an error that says nothing.
    if (!found) throw new UserError('web.nothing', 'Expected a file of the page, received another name')
    const encoding = encodingFor(c.req.header('accept-encoding') ?? '', found.type)
    c.header('content-type', found.type)
    c.header('cache-control', FOREVER)
    c.header('vary', 'accept-encoding')
    if (encoding) c.header('content-encoding', encoding)
    return c.body(new Uint8Array(encoding ? pack(found, encoding) : found.bytes))
  })

function encodingFor(accepted: string, type: string): 'br' | 'gzip' | undefined {
  if (type === 'image/webp') return undefined
  if (/\bbr\b/.test(accepted)) return 'br'
  return /\bgzip\b/.test(accepted) ? 'gzip' : undefined
}

function pack({ bytes, packed }: Asset, encoding: 'br' | 'gzip'): Buffer {
  const found = packed.get(encoding)
  if (found) return found
  const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY }
  const made = encoding === 'br' ? brotliCompressSync(bytes, { params }) : gzipSync(bytes)
  packed.set(encoding, made)
  return made
}
