import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename, sep } from 'node:path'
import { UserError } from '../errors.ts'
import { LIMITS } from '../images/limits.ts'
import type { Source } from '../images/source.ts'
import { explainErrors } from './file-errors.ts'
import { type Path, readable } from './path.ts'
import { walk } from './walk.ts'

/** The pictures of files and folders, listed while they are read. */
export class FileSources implements AsyncIterable<Source> {
  /** Entries that were passed over so far: no person put them there, or a link led back. */
  skipped = 0
  private readonly paths: Path[]

  constructor(paths: Path[]) {
    this.paths = paths
  }

  /** Throws UserError file.none if there is nothing at all. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Source> {
    let isEmpty = true
    for (const path of this.paths)
      for await (const source of this.sourcesAt(path)) {
        isEmpty = false
        yield source
      }
    if (isEmpty) throw nothingFound(this.paths, this.skipped)
  }

  private async *sourcesAt(path: Path): AsyncGenerator<Source> {
    // What is not there comes as a source: reading it says why.
    const isFolder = await stat(path).then(
      (info) => info.isDirectory(),
      () => false,
    )
    if (!isFolder) return yield (await isZip(path)) ? zipSource(path) : fileSource(path)
    for await (const found of walk(path)) {
      if ('skipped' in found) this.skipped += found.skipped
      else yield 'file' in found ? fileSource(found.file, path) : failedSource(found.failed, found.error)
    }
  }
}

export const nothingFound = (paths: Path[], skipped: number): UserError =>
  new UserError(
    'file.none',
    `Expected pictures, found no file in ${paths.map(readable).join(', ')}` +
      (skipped > 0 ? `; skipped ${skipped} that are hidden or the system's` : ''),
  )

/** A picture in a file, read when it is its turn. @param folder the one that was handed over, if it is in one */
export const fileSource = (path: Path, folder?: Path): Source => ({
  name: readable(path),
  storedAs: nameWithin(path, folder),
  read: () => readPicture(path),
})

/** How a ZIP begins, an empty one too. */
const ZIP_BEGINNINGS = ['PK\x03\x04', 'PK\x05\x06']

/** By its first bytes, or by its name: one that is cut off or has something before it is a ZIP that is damaged. */
export async function isZip(path: Path): Promise<boolean> {
  if (/\.zip$/i.test(readable(path))) return true
  const head = await readHead(path, 4).catch(() => Buffer.alloc(0))
  return ZIP_BEGINNINGS.includes(Buffer.from(head).toString('latin1'))
}

const zipSource = (path: Path): Source => ({ ...fileSource(path), zip: async () => ({ file: path }) })

/** What is kept of a file's name: where in its folder it is, and nothing of where that lies on somebody's machine. */
function nameWithin(path: Path, folder: Path | undefined): string {
  const name = readable(path)
  if (folder === undefined) return basename(name)
  return name.slice(readable(folder).length).replaceAll(sep, '/').replace(/^\/+/, '')
}

/** What cannot be looked at: reading it says why. */
const failedSource = (path: Path, error: UserError): Source => ({
  name: readable(path),
  read: () => Promise.reject(error),
})

/** A regular file's bytes, at most LIMITS.bytes. Throws UserError file.*, picture.too-large */
async function readPicture(path: Path): Promise<Uint8Array> {
  const info = await explainErrors(path, () => stat(path))
  if (!info.isFile())
    throw new UserError('file.not-regular', `Expected a file, received something else: ${readable(path)}`)
  if (info.size > LIMITS.bytes)
    throw new UserError('picture.too-large', `Expected at most ${LIMITS.bytes} bytes, received ${info.size}`)
  return explainErrors(path, async () => {
    const parts: Buffer[] = []
    for await (const part of createReadStream(path, { end: LIMITS.bytes })) parts.push(part)
    return new Uint8Array(Buffer.concat(parts))
  })
}

/** The first bytes of a regular file; none where it is something else. Throws UserError file.* */
export async function readHead(path: Path, bytes: number): Promise<Uint8Array> {
  return explainErrors(path, async () => {
    if (!(await stat(path)).isFile()) return new Uint8Array()
    await using file = await open(path)
    const { buffer, bytesRead } = await file.read(new Uint8Array(bytes), 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  })
}
