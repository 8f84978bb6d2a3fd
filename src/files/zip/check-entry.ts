import type { Entry } from 'yauzl'
import { UserError } from '../../errors.ts'
import { isSystemName } from '../system-names.ts'
import { bomb, damagedFile } from './errors.ts'
import { MAX_FILE_BYTES, MAX_RATIO, RATIO_FROM_BYTES } from './limits.ts'

const STORED = 0
const DEFLATED = 8
/** Who made an entry, in the upper byte, where its attributes are those of Unix. */
const UNIX_MAKERS = [3, 19]
/** Kinds of files in the upper half of those attributes. Some programs leave them out. */
const KIND_MASK = 0o170000
const [REGULAR, UNKNOWN] = [0o100000, 0]

const ARCHIVE = /\.(zip|7z|rar|tar|tgz|gz|bz2|xz|zst|cbz|cbr|lzh)$/i

/** What a path names, as folders and a file. Undefined: it leads out of the ZIP, or to no file. */
export function splitPath(path: string): string[] | undefined {
  if (/^\/|^[a-z]:|\0/i.test(path)) return undefined
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  return parts.length === 0 || parts.includes('..') ? undefined : parts
}

/** Whether no person put an entry there. */
export const isOfSystem = (parts: readonly string[]): boolean => parts.some(isSystemName)

/** Why an entry is not read, whatever is in it; undefined: it is. `zipBytes`: of the ZIP itself */
export function whyRefused(
  entry: Entry,
  { name: path, zipBytes }: { name: string; zipBytes: number },
): UserError | undefined {
  if (!isRegular(entry)) return new UserError('zip.link', `Expected a file, received a link or something else: ${path}`)
  if (entry.isEncrypted())
    return new UserError('zip.encrypted', `Expected a file without a password, received one with: ${path}`)
  if (ARCHIVE.test(path))
    return new UserError(
      'zip.nested',
      `Expected pictures, received an archive in the ZIP, which is not opened: ${path}`,
    )
  const { compressionMethod, uncompressedSize, compressedSize } = entry
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED)
    return new UserError(
      'zip.method',
      `Expected a file packed by Deflate, received method ${compressionMethod}: ${path}`,
    )
  if (uncompressedSize > MAX_FILE_BYTES)
    return new UserError('picture.too-large', `Expected at most ${MAX_FILE_BYTES} bytes, received ${uncompressedSize}`)
  if (compressedSize > zipBytes) return damagedFile(`found less of it in the ZIP than it says: ${path}`)
  if (isTooDense({ packed: compressedSize, unpacked: uncompressedSize }))
    return bomb(`a file that shrank to less than 1/${MAX_RATIO}: ${path}`)
  return undefined
}

function isRegular({ versionMadeBy, externalFileAttributes }: Entry): boolean {
  if (!UNIX_MAKERS.includes(versionMadeBy >>> 8)) return true
  const kind = (externalFileAttributes >>> 16) & KIND_MASK
  return kind === REGULAR || kind === UNKNOWN
}

/** Whether bytes were packed more tightly than any picture. */
export const isTooDense = ({ packed, unpacked }: { packed: number; unpacked: number }): boolean =>
  unpacked > RATIO_FROM_BYTES && unpacked > MAX_RATIO * packed
