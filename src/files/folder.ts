import { readdir, realpath, stat } from 'node:fs/promises'
import { sep } from 'node:path'
import { UserError } from '../errors.ts'
import { explainErrors } from './file-errors.ts'
import { inside, type Path, readable, toPath } from './path.ts'
import { isSystemName } from './system-names.ts'

/** `name`: as people read it. `link`: whether it is a link to a folder. `error`: why it cannot be looked at. */
export type Entry = { path: Path; name: string } & (
  | { kind: 'file' | 'folder' | 'linked folder' }
  | { kind: 'failed'; error: UserError }
)

/** `skipped`: how many entries no person put there. */
type Listing = { entries: Entry[]; skipped: number }

/** What is in a folder, in order of name. Throws UserError file.* */
export async function readFolder(folder: Path): Promise<Listing> {
  const found = await explainErrors(folder, () => readdir(folder, { encoding: 'buffer', withFileTypes: true }))
  const all = found.map((entry) => {
    const name = toPath(entry.name)
    return { entry, path: inside(folder, name), name: readable(name) }
  })
  const wanted = all.filter(({ name }) => !isSystemName(name)).sort((a, b) => (a.name < b.name ? -1 : 1))
  const entries: Entry[] = []
  for (const { entry, path, name } of wanted) {
    // Some file systems do not say what an entry is.
    const isKnown = entry.isFile() || entry.isDirectory()
    const kind = entry.isDirectory() ? ('folder' as const) : ('file' as const)
    entries.push(isKnown ? { path, name, kind } : { path, name, ...(await lookAt(path, entry.isSymbolicLink())) })
  }
  return { entries, skipped: all.length - wanted.length }
}

async function lookAt(path: Path, isLink: boolean) {
  try {
    const info = await explainErrors(path, () => stat(path))
    if (!info.isDirectory()) return { kind: 'file' as const }
    return { kind: isLink ? ('linked folder' as const) : ('folder' as const) }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { kind: 'failed' as const, error }
  }
}

/** The one path of a folder, without links, as text that only serves to compare. Throws UserError file.* */
export async function realPath(folder: Path): Promise<string> {
  const bytes = await explainErrors(folder, () => realpath(folder, { encoding: 'buffer' }))
  return bytes.toString('latin1')
}

/** Whether one real path is another one, or inside of it. */
export const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
