import { createReadStream } from 'node:fs'
import { opendir, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { errorCode, UserError } from './errors.ts'
import { LIMITS } from './images/limits.ts'
import type { Source } from './images/source.ts'

/** What file managers write. */
const HIDDEN = /^(\..*|Thumbs\.db|desktop\.ini)$/i

/** As `join`, with the folder as it was given: `./a` stays `./a`. */
export const inside = (folder: string, name: string): string =>
  folder.endsWith(sep) ? folder + name : folder + sep + name

/**
 * Files of a folder and of its folders, in order of name, as the given path joined with theirs. A file gives itself.
 * Throws UserError file.*
 */
export async function* listFiles(path: string): AsyncGenerator<string> {
  const info = await explainErrors(path, () => stat(path))
  if (!info.isDirectory()) {
    yield path
    return
  }
  for (const name of await listNames(path)) {
    const inner = inside(path, name)
    try {
      yield* listFiles(inner)
    } catch (error) {
      // One that cannot be looked into must not end the rest: reading it says why.
      if (!(error instanceof UserError)) throw error
      yield inner
    }
  }
}

/** Files of many paths, one after the other. A path that is not there gives itself: reading it says why. */
async function* listEach(paths: string[]): AsyncGenerator<string> {
  for (const path of paths) {
    try {
      yield* listFiles(path)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      yield path
    }
  }
}

/** The pictures of many paths, files or folders, listed while they are read. */
export async function* sourcesOf(paths: string[]): AsyncGenerator<Source> {
  for await (const path of listEach(paths)) yield fileSource(path)
}

/** A picture in a file, read when it is its turn. */
export const fileSource = (path: string): Source => ({ name: path, read: () => readPicture(path) })

/** Names in a folder, sorted, without hidden ones and links to folders. Throws UserError file.* */
export async function listNames(folder: string): Promise<string[]> {
  return explainErrors(folder, async () => {
    const names: string[] = []
    for await (const entry of await opendir(folder))
      if (!HIDDEN.test(entry.name) && !(entry.isSymbolicLink() && (await leadsToFolder(join(folder, entry.name)))))
        names.push(entry.name)
    return names.sort()
  })
}

/** A link to a folder may lead back up: it is never followed. */
const leadsToFolder = async (path: string): Promise<boolean> =>
  stat(path).then(
    (s) => s.isDirectory(),
    () => false,
  )

/** A regular file's bytes, at most LIMITS.bytes. Throws UserError file.*, picture.too-large */
async function readPicture(path: string): Promise<Uint8Array> {
  const info = await explainErrors(path, () => stat(path))
  // A folder that could not be looked into comes here to say why.
  if (info.isDirectory()) await listNames(path)
  if (!info.isFile()) throw new UserError('file.not-regular', `Expected a file, received something else: ${path}`)
  if (info.size > LIMITS.bytes)
    throw new UserError('picture.too-large', `Expected at most ${LIMITS.bytes} bytes, received ${info.size}`)
  return explainErrors(path, async () => {
    const parts: Buffer[] = []
    for await (const part of createReadStream(path, { end: LIMITS.bytes })) parts.push(part)
    return new Uint8Array(Buffer.concat(parts))
  })
}

const NO_PERMISSION = ['file.no-permission', 'Expected permission to read, have none'] as const
const FILE_ERRORS = new Map<string, readonly [code: string, expected: string]>([
  ['ENOENT', ['file.not-found', 'Expected a file or folder, found none']],
  ['EACCES', NO_PERMISSION],
  ['EPERM', NO_PERMISSION],
  ['ENOTDIR', ['file.not-a-folder', 'Expected a folder, received a file']],
  ['ENAMETOOLONG', ['file.name-too-long', 'Expected a shorter name']],
  ['ELOOP', ['file.link-loop', 'Expected a file, received links that lead in a circle']],
])

/** Errors that a person can mend, as a UserError that names the path. */
async function explainErrors<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const known = FILE_ERRORS.get(errorCode(error) ?? '')
    throw known ? new UserError(known[0], `${known[1]}: ${path}`) : error
  }
}
