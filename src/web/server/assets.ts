import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { extname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
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

export type Asset = { type: string; bytes: Buffer; packed: Map<string, Buffer> }

/** Everything that browsers load, in memory. `hash`: of all of it, a part of every address. */
export type Assets = {
  hash: string
  find(path: string): Asset | undefined
  styles: string[]
  script(name: string): string
  /** A module and all that it imports before it runs, as in `web/pages/main`: a browser that is told needs no chain of requests. */
  modules(name: string): string[]
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
    modules: (name) => [...importsOf(files, name + EXTENSION)],
  }
}

/** Imports of files, not of libraries, and not those that are loaded when they are needed. */
const IMPORT = /^(?:import|export|\}) ?[^'\n]*'(\.[^']+)';?$/gm

function importsOf(files: ReadonlyMap<string, Asset>, path: string, found = new Set<string>()): Set<string> {
  const file = files.get(path)
  if (!file || found.has(path)) return found
  found.add(path)
  for (const [, imported = ''] of file.bytes.toString('utf8').matchAll(IMPORT))
    importsOf(files, posix.join(posix.dirname(path), imported), found)
  return found
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
