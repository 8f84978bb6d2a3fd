import { createReadStream } from 'node:fs'
import { opendir, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { UserError } from './errors.ts'
import { LIMITS } from './images/limits.ts'
import type { Source } from './images/source.ts'

const HIDDEN = /^(\..*|Thumbs\.db|desktop\.ini)$/i

/** As `join`, with the folder as it was given: `./a` stays `./a`. */
export const inside = (folder: string, name: string): string =>
  folder.endsWith(sep) ? folder + name : folder + sep + name

/** Files of a folder and of its folders, in order of name, as path joined to the given one. A file gives itself. */
export async function* listFiles(path: string): AsyncGenerator<string> {
  const info = await orMistake(path, () => stat(path))
  if (!info.isDirectory()) {
    yield path
    return
  }
  for (const name of await listNames(path)) {
    const inner = inside(path, name)
    try {
      yield* listFiles(inner)
    } catch (error) {
      // One that cannot be looked at must not end the rest: reading it says why.
      if (!(error instanceof UserError)) throw error
      yield inner
    }
  }
}

/** Files of many paths, one after the other. A path that is not there gives itself: whoever reads it says why. */
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

export const fileSource = (path: string): Source => ({ name: path, read: () => readPicture(path) })

/** Names in a folder, sorted, less the hidden ones and links that lead nowhere new. */
export async function listNames(folder: string): Promise<string[]> {
  return orMistake(folder, async () => {
    const names: string[] = []
    for await (const entry of await opendir(folder))
      if (!HIDDEN.test(entry.name) && !(entry.isSymbolicLink() && (await leadsToFolder(join(folder, entry.name)))))
        names.push(entry.name)
    return names.sort()
  })
}

// A link to a folder may lead back up: never followed.
const leadsToFolder = async (path: string): Promise<boolean> =>
  stat(path).then(
    (s) => s.isDirectory(),
    () => false,
  )

/** A regular file's bytes, at most LIMITS.bytes. Throws UserError file.* or picture.too-large */
async function readPicture(path: string): Promise<Uint8Array> {
  const info = await orMistake(path, () => stat(path))
  // A folder that could not be looked into comes here to say why.
  if (info.isDirectory()) await listNames(path)
  if (!info.isFile()) throw new UserError('file.not-regular', `Expected a file, received something else: ${path}`)
  if (info.size > LIMITS.bytes)
    throw new UserError('picture.too-large', `Expected at most ${LIMITS.bytes} bytes, received ${info.size}`)
  return orMistake(path, async () => {
    const parts: Buffer[] = []
    for await (const part of createReadStream(path, { end: LIMITS.bytes })) parts.push(part as Buffer)
    return new Uint8Array(Buffer.concat(parts))
  })
}

const CODES: Record<string, [string, string]> = {
  ENOENT: ['file.not-found', 'Expected a file or folder, found none'],
  EACCES: ['file.no-permission', 'Expected permission to read, have none'],
  EPERM: ['file.no-permission', 'Expected permission to read, have none'],
  ENOTDIR: ['file.not-a-folder', 'Expected a folder, received a file'],
  ENAMETOOLONG: ['file.name-too-long', 'Expected a shorter name'],
  ELOOP: ['file.link-loop', 'Expected a file, received links that lead in a circle'],
}

async function orMistake<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const known = CODES[(error as { code?: string }).code ?? '']
    throw known ? new UserError(known[0], `${known[1]}: ${path}`) : error
  }
}
