import { isUtf8 } from 'node:buffer'
import { sep } from 'node:path'

/** Where a file is: its bytes where they are no UTF-8, so that it can be opened whatever its name is. */
export type Path = string | Buffer

export const toPath = (bytes: Buffer): Path => (isUtf8(bytes) ? bytes.toString() : bytes)

/** As `join`, with the folder as it was given: `./a` stays `./a`. */
export function inside(folder: Path, name: Path): Path {
  const end = sep.charCodeAt(0)
  const isEnded = typeof folder === 'string' ? folder.endsWith(sep) : folder.at(-1) === end
  const between = isEnded ? '' : sep
  if (typeof folder === 'string' && typeof name === 'string') return folder + between + name
  return Buffer.concat([Buffer.from(folder), Buffer.from(between), Buffer.from(name)])
}

/** How a path is shown to people. */
export function readable(path: Path): string {
  if (typeof path === 'string') return path
  // Folders may have been named on another machine than their files. No encoding has a separator inside of a character.
  const names = path.toString('latin1').split('/')
  return names.map((name) => decodeName(Buffer.from(name, 'latin1'))).join('/')
}

/** Shift-JIS begins kana and common kanji with one of these, and Latin-1 has no letters there. */
const SHIFT_JIS_LEAD = /[\x81-\x9f]/

function decodeName(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString()
  if (SHIFT_JIS_LEAD.test(bytes.toString('latin1'))) {
    const text = decodeShiftJis(bytes)
    if (text !== undefined) return text
  }
  return new TextDecoder('windows-1252').decode(bytes)
}

/** CP932, as the web calls it; undefined where bytes are not it. */
export function decodeShiftJis(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('shift_jis', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
