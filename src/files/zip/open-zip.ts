import { close, fstat, open } from 'node:fs'
import { promisify } from 'node:util'
import { crc32 } from 'node:zlib'
import { type Entry, fromBufferPromise, fromRandomAccessReaderPromise, type ZipFile } from 'yauzl'
import { UserError } from '../../errors.ts'
import type { ZipBytes } from '../../images/source.ts'
import { explainErrors } from '../file-errors.ts'
import { isOfSystem, isTooDense, splitPath, whyRefused } from './check-entry.ts'
import { bomb, damaged, damagedFile } from './errors.ts'
import { FileReader } from './file-reader.ts'
import type { ZipLimits } from './limits.ts'
import { decodeNames } from './names.ts'

/** `path`: its folders and its name, as people read them. */
export type ZippedFile = {
  path: string[]
  /** Throws UserError zip.file-damaged */
  read(): Promise<Uint8Array>
  /** As many bytes of its beginning as there are. Throws UserError zip.file-damaged */
  readHead(bytes: number): Promise<Uint8Array>
}

/** `path`: in the ZIP; null: what is wrong is wrong with all that comes after what was read. */
export type ZipFailure = { path: string | null; error: UserError }

/** `skipped`: entries that no person put there. */
export type OpenZip = { files: ZippedFile[]; failures: ZipFailure[]; skipped: number; close(): void }

/** Sizes are checked here, since yauzl gives up all of a ZIP for one that is wrong. */
const OPTIONS = { autoClose: false, decodeStrings: false, validateEntrySizes: false }

/**
 * Lists a ZIP; its files are unpacked when they are read, and nothing is written anywhere. What is wrong with a file is a
 * failure of that file alone. Throws UserError zip.damaged, zip.bomb, zip.too-many, file.*
 */
export async function openZip(source: ZipBytes, limits: ZipLimits): Promise<OpenZip> {
  const zip = await ('file' in source ? openFile(source.file) : openBytes(source.bytes))
  try {
    if (zip.entryCount > limits.entries)
      throw new UserError(
        'zip.too-many',
        `Expected at most ${limits.entries} files in a ZIP, received ${zip.entryCount}`,
        { max: limits.entries },
      )
    const { entries, failures } = await readEntries(zip)
    const sorted = sortEntries(zip, entries)
    requireSane(zip, sorted.wanted, limits)
    const files = sorted.wanted.map(({ entry, path }) => zippedFile(zip, entry, path))
    return { files, failures: [...sorted.failures, ...failures], skipped: sorted.skipped, close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error
  }
}

const openBytes = (bytes: Uint8Array): Promise<ZipFile> =>
  fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), OPTIONS).catch(throwDamaged)

async function openFile(path: string | Buffer): Promise<ZipFile> {
  const fd = await explainErrors(path, () => promisify(open)(path, 'r'))
  try {
    const { size } = await promisify(fstat)(fd)
    return await fromRandomAccessReaderPromise(new FileReader({ fd, size }), size, OPTIONS)
  } catch (error) {
    await promisify(close)(fd)
    throw damaged(error)
  }
}

function throwDamaged(error: unknown): never {
  throw damaged(error)
}

/** Those that can be read: what is damaged in the list of entries hides the rest of it. */
async function readEntries(zip: ZipFile): Promise<{ entries: Entry[]; failures: ZipFailure[] }> {
  const entries: Entry[] = []
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry)
    return { entries, failures: [] }
  } catch (error) {
    if (entries.length === 0) throw damaged(error)
    const found = `Expected ${zip.entryCount} entries in the ZIP, could read ${entries.length}`
    return { entries, failures: [{ path: null, error: new UserError('zip.cut', found, {}, { cause: error }) }] }
  }
}

type Wanted = { entry: Entry; path: string[] }

/** Throws UserError zip.bomb where entries share their bytes, or are far more than they were. */
function requireSane({ fileSize }: ZipFile, wanted: readonly Wanted[], limits: ZipLimits): void {
  const packed = wanted.reduce((sum, { entry }) => sum + entry.compressedSize, 0)
  const unpacked = wanted.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0)
  if (packed > fileSize) throw bomb(`files of ${packed} bytes in a ZIP of ${fileSize}`)
  if (unpacked > limits.bytes || isTooDense({ packed: fileSize, unpacked }))
    throw bomb(`${unpacked} bytes packed in ${fileSize}`)
}

/** Folders are neither. */
function sortEntries(zip: ZipFile, entries: readonly Entry[]) {
  const names = decodeNames(entries)
  const wanted: Wanted[] = []
  const failures: ZipFailure[] = []
  let skipped = 0
  for (const [i, entry] of entries.entries()) {
    const name = names[i] ?? ''
    if (name.endsWith('/')) continue
    const path = splitPath(name)
    const error = path ? whyRefused(entry, { name, zipBytes: zip.fileSize }) : unsafe(name)
    if (path && isOfSystem(path)) skipped++
    else if (path && !error) wanted.push({ entry, path })
    else failures.push({ path: name, error: error ?? unsafe(name) })
  }
  return { wanted, failures, skipped }
}

const unsafe = (name: string): UserError =>
  new UserError('zip.path', `Expected a name inside of the ZIP, received one that leads elsewhere: ${name}`)

const zippedFile = (zip: ZipFile, entry: Entry, path: string[]): ZippedFile => ({
  path,
  async read() {
    const bytes = await unpack(zip, entry, entry.uncompressedSize)
    if (bytes.length !== entry.uncompressedSize)
      throw damagedFile(`of ${entry.uncompressedSize} bytes, found ${bytes.length}`)
    if (crc32(bytes) !== entry.crc32) throw damagedFile('found other bytes than were packed')
    return bytes
  },
  async readHead(bytes) {
    return (await unpack(zip, entry, bytes, 'enough')).subarray(0, bytes)
  },
})

/** @param atMost `enough`: what is more is left out; otherwise more than it are too many */
async function unpack(zip: ZipFile, entry: Entry, limit: number, atMost?: 'enough'): Promise<Uint8Array> {
  const parts: Buffer[] = []
  let size = 0
  try {
    const stream = await zip.openReadStreamPromise(entry)
    for await (const part of stream) {
      parts.push(part)
      size += part.length
      if (size >= limit && atMost) break
      if (size > limit) throw damagedFile(`of ${limit} bytes, found more`)
    }
  } catch (error) {
    if (error instanceof UserError) throw error
    throw damagedFile(`cannot unpack it: ${error instanceof Error ? error.message : error}`)
  }
  return new Uint8Array(Buffer.concat(parts))
}
