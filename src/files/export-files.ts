import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../errors.ts'
import { readable } from './path.ts'
import { fileSource } from './sources.ts'
import { walk } from './walk.ts'
import type { ZippedFile } from './zip/open-zip.ts'

/** The files of what may be an export: a folder or a ZIP. Paths have `/` between folders. */
export type ExportFiles = {
  /** Those of its top. */
  top: string[]
  /** All of them. */
  list(): AsyncIterable<string> | Iterable<string>
  /** One that lies in it, and is no link. Throws UserError file.*, zip.*, import.missing, import.link */
  read(path: string): Promise<Uint8Array>
}

/** @param top names of its files */
export const openExportFolder = (dir: string, top: string[]): ExportFiles => ({
  top,
  async *list() {
    for await (const found of walk(dir))
      if ('file' in found) yield readable(found.file).slice(dir.length).replaceAll('\\', '/').replace(/^\/+/, '')
  },
  async read(path) {
    await requireInside(dir, path)
    return fileSource(join(dir, path)).read()
  },
})

/** Whatever a manifest says, nothing is read by way of a link: it may lead anywhere. */
async function requireInside(dir: string, path: string): Promise<void> {
  const parts = path.split('/')
  for (let depth = 1; depth <= parts.length; depth++) {
    const found = await lstat(join(dir, ...parts.slice(0, depth))).catch(() => undefined)
    if (!found) throw missing(path)
    if (found.isSymbolicLink())
      throw new UserError('import.link', `Expected a file in the folder, received a link: ${path}`)
  }
}

const missing = (path: string): UserError =>
  new UserError('import.missing', `Expected a file that the manifest names, found none: ${path}`)

/** Of a ZIP, or of the one folder that holds everything in it. */
export function openExportZip(files: readonly ZippedFile[]): ExportFiles {
  const depth = commonFolder(files) === undefined ? 0 : 1
  const byPath = new Map(files.map((file) => [file.path.slice(depth).join('/'), file]))
  return {
    top: [...byPath.keys()].filter((path) => !path.includes('/')),
    list: () => byPath.keys(),
    async read(path) {
      const file = byPath.get(path.normalize('NFC'))
      if (!file) throw missing(path)
      return file.read()
    },
  }
}

function commonFolder(files: readonly ZippedFile[]): string | undefined {
  const first = files[0]?.path[0]
  return files.every(({ path }) => path.length > 1 && path[0] === first) ? first : undefined
}
