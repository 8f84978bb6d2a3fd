import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { Hono } from 'hono'
import type { WebEnv } from '../context.ts'
import { VENDOR } from './vendor.ts'

/** In the tree the pages are TypeScript, whose types are taken off here; what is published was built to JavaScript. */
const EXTENSION = extname(import.meta.url)
const SOURCES = fileURLToPath(new URL('../../', import.meta.url))
const PATTERNS = [
  `web/pages/**/*${EXTENSION}`,
  'web/pages/**/*.{css,svg,webp}',
  `locales/*/web/**/*${EXTENSION}`,
  `locales/{numbers,*/style}${EXTENSION}`,
]
const TYPES: Record<string, string> = {
  '.ts': 'text/javascript; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
}
const FOREVER = 'public, max-age=31536000, immutable'
/** Of brotli, 0 to 11: higher ones take seconds for all of the page. */
const BROTLI_QUALITY = 6

type Asset = { type: string; bytes: Buffer; packed: Map<string, Buffer> }

/** Everything that browsers load, in memory. `hash`: of all of it, a part of every address. */
export type Assets = {
  hash: string
  find(path: string): Asset | undefined
  styles: string[]
  script(name: string): string
}

export function loadAssets(): Assets {
  const files = new Map<string, Asset>()
  for (const path of globSync(PATTERNS, { cwd: SOURCES }).sort())
    if (!path.endsWith('.d.ts')) files.set(path, asset(path, readSource(path)))
  for (const [name, { file }] of Object.entries(VENDOR))
    files.set(`vendor/${name}.js`, asset('.js', readFileSync(file)))
  const hash = createHash('sha256')
  for (const [path, { bytes }] of files) hash.update(path).update(bytes)
  return {
    hash: hash.digest('hex').slice(0, 12),
    find: (path) => files.get(path),
    styles: [...files.keys()].filter((path) => path.startsWith('web/pages/style/')).sort(),
    script: (name) => `web/pages/${name}${EXTENSION}`,
  }
}

function readSource(path: string): Buffer {
  const bytes = readFileSync(join(SOURCES, path))
  return path.endsWith('.ts') ? Buffer.from(stripTypes(bytes.toString('utf8'))) : bytes
}

/** Node warns that its function may change; only whoever works on this program could do something about it. */
function stripTypes(code: string): string {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    return stripTypeScriptTypes(code)
  } finally {
    process.emitWarning = emitWarning
  }
}

const asset = (path: string, bytes: Buffer): Asset => ({
  type: TYPES[extname(path) || path] ?? 'application/octet-stream',
  bytes,
  packed: new Map(),
})

/** Serves them under `/assets/{hash}/`. */
export const assetRoutes = (assets: Assets): Hono<WebEnv> =>
  new Hono<WebEnv>().get(`/${assets.hash}/*`, (c) => {
    const found = assets.find(c.req.path.replace(`/assets/${assets.hash}/`, ''))
    if (!found) return c.notFound()
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
