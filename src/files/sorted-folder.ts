import { constants, copyFile, link, lstat, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'
import { errorCode, UserError } from '../errors.ts'
import { isWithin } from './folder.ts'
import { FolderNames, safeFileName } from './folder-names.ts'

/** Folders of what has no sure answer. */
const UNKNOWN = '_unknown'
const UNSURE = '_unsure'

/** `folder`: where it lies, as people read it. `isNew`: it was not there before. */
type Copied = { folder: string; isNew: boolean }
type Answered = { grade: 'sure' | 'unsure' | 'unknown'; label: string | null }

/** A folder into which files are copied, a folder for each answer. Nothing in it is ever overwritten, and no link is followed. */
export class SortedFolder {
  private readonly dir: string
  private readonly names = new FolderNames([UNKNOWN, UNSURE])
  private readonly made = new Set<string>()

  private constructor(dir: string) {
    this.dir = dir
  }

  /** Throws UserError copy.not-writable */
  static async open(path: string): Promise<SortedFolder> {
    const dir = resolve(path)
    await mkdir(dir, { recursive: true }).catch((error) => throwNotWritable(dir, error))
    if (!(await stat(dir)).isDirectory()) throwNotWritable(dir, 'it is no folder')
    return new SortedFolder(dir)
  }

  /** Whether a file lies in it: what was copied is not copied again. */
  has(path: string): boolean {
    return isWithin(resolve(path), this.dir)
  }

  /**
   * Copies a file, with the folders that it was in. One of the same name and the same bytes is not copied again; one of other
   * bytes stays, and this one gets a number. @param name with `/` between folders
   * Throws UserError copy.not-writable, copy.link, disk.full
   */
  async copy(bytes: Uint8Array, { name, ...answer }: Answered & { name: string }): Promise<Copied> {
    const path = name.split('/').filter((part) => part !== '' && part !== '.' && part !== '..')
    const file = safeFileName(path.pop() ?? 'picture')
    const top = this.folderOf(answer)
    const folders = [...top, ...path.map(safeFileName)]
    const folder = await this.makeFolders(folders)
    return { folder: top.join(sep), isNew: await placeFile(folder, file, bytes) }
  }

  private folderOf({ grade, label }: Answered): string[] {
    if (grade === 'unknown' || label === null) return [UNKNOWN]
    return grade === 'unsure' ? [UNSURE, this.names.of(label)] : [this.names.of(label)]
  }

  private async makeFolders(names: string[]): Promise<string> {
    let folder = this.dir
    for (const name of names) {
      folder = join(folder, name)
      if (this.made.has(folder)) continue
      await mkdir(folder).catch((error) => {
        if (errorCode(error) !== 'EEXIST') throwNotWritable(folder, error)
      })
      if (!(await lstat(folder)).isDirectory())
        throw new UserError('copy.link', `Expected a folder, found a link or a file: ${folder}`)
      this.made.add(folder)
    }
    return folder
  }
}

/** @returns false where it is there already */
async function placeFile(folder: string, name: string, bytes: Uint8Array): Promise<boolean> {
  const end = extname(name)
  const base = name.slice(0, name.length - end.length)
  for (let n = 1; ; n++) {
    const path = join(folder, n === 1 ? name : `${base} (${n})${end}`)
    if (await createWhole(path, bytes)) return true
    if (await holds(path, bytes)) return false
  }
}

/** A file that is cut off has another name, and is no picture to anybody. @returns false where something is there */
async function createWhole(path: string, bytes: Uint8Array): Promise<boolean> {
  if (await lstat(path).catch(() => undefined)) return false
  const draft = join(path, '..', `.mekiki-${process.pid}.part`)
  try {
    await writeFile(draft, bytes)
    await link(draft, path).catch((error) => {
      // Some file systems have no second names.
      if (errorCode(error) === 'EEXIST') throw error
      return copyFile(draft, path, constants.COPYFILE_EXCL)
    })
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throwNotWritable(path, error)
  } finally {
    await rm(draft, { force: true })
  }
}

async function holds(path: string, bytes: Uint8Array): Promise<boolean> {
  const info = await lstat(path)
  return info.isFile() && info.size === bytes.length && (await readFile(path)).equals(bytes)
}

function throwNotWritable(path: string, error: unknown): never {
  if (errorCode(error) === 'ENOSPC')
    throw new UserError('disk.full', `Expected room for ${path}, the disk is full`, {}, { cause: error })
  throw new UserError('copy.not-writable', `Expected to write ${path}, cannot: ${error}`, {}, { cause: error })
}
