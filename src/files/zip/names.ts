import { isUtf8 } from 'node:buffer'
import { crc32 } from 'node:zlib'
import { type Entry, getFileNameLowLevel } from 'yauzl'
import { decodeShiftJis } from '../path.ts'

/** The flag of a name that is UTF-8. */
const UTF8_FLAG = 0x800
/** Info-ZIP's extra field with the name in UTF-8: version, CRC-32 of the other name, name. */
const UNICODE_PATH = { id: 0x7075, version: 1, nameAt: 5 }

type RawName = Pick<Entry, 'fileNameRaw' | 'generalPurposeBitFlag' | 'extraFields'>

/**
 * The names of a ZIP's entries, NFC, with `/` between folders. Those that are not declared as UTF-8 are what their bytes can
 * be, all of them alike, since one program wrote them: UTF-8, as macOS writes; CP932, as Windows does in Japanese; or CP437.
 */
export function decodeNames(entries: readonly RawName[]): string[] {
  const declared = entries.map(declaredName)
  const guess = guessEncoding(entries.filter((_, i) => declared[i] === undefined).map((entry) => entry.fileNameRaw))
  return entries.map(({ fileNameRaw }, i) => (declared[i] ?? guess(fileNameRaw)).replaceAll('\\', '/').normalize('NFC'))
}

function declaredName({ fileNameRaw, generalPurposeBitFlag, extraFields }: RawName): string | undefined {
  for (const { id, data } of extraFields) {
    if (id !== UNICODE_PATH.id || data.length <= UNICODE_PATH.nameAt || data[0] !== UNICODE_PATH.version) continue
    const name = data.subarray(UNICODE_PATH.nameAt)
    // A program that renamed the entry and did not know of the field has left the old name in it.
    if (data.readUInt32LE(1) === crc32(fileNameRaw) && isUtf8(name)) return name.toString()
  }
  return generalPurposeBitFlag & UTF8_FLAG && isUtf8(fileNameRaw) ? fileNameRaw.toString() : undefined
}

function guessEncoding(names: Buffer[]): (name: Buffer) => string {
  const others = names.filter((name) => !isUtf8(name))
  if (others.length === 0) return (name) => name.toString()
  // A single name that was cut in the middle of a character does not make the others another language's.
  const isJapanese = others.filter((name) => decodeShiftJis(name) !== undefined).length > others.length / 2
  return (name) =>
    (isJapanese ? decodeShiftJis(name) : undefined) ?? (isUtf8(name) ? name.toString() : decodeCp437(name))
}

const decodeCp437 = (name: Buffer): string => getFileNameLowLevel(0, name, [], true)
