import { type FileKind, ftypKind } from './ftyp.ts'

/** Bytes that tell a format; an ftyp box lists more brands than fit in twelve. */
export const HEAD_BYTES = 264

/** Beginnings, as Latin-1. */
const PICTURES = ['\xff\xd8\xff', '\x89PNG\r\n\x1a\n', 'GIF8']
const VIDEOS = [
  '\x1aE\xdf\xa3', // Matroska, WebM
  'FLV\x01',
  '\0\0\x01\xba', // MPEG program stream
  '\0\0\x01\xb3', // MPEG video
  '0&\xb2u\x8ef\xcf\x11', // ASF: WMV
]
const OTHERS: [beginning: string, what: string][] = [
  ['%PDF-', 'a PDF document'],
  ['PK\x03\x04', 'a ZIP archive, or a document that is one'],
  ['Rar!', 'a RAR archive'],
  ['7z\xbc\xaf', 'a 7z archive'],
  ['\x1f\x8b', 'a gzip archive'],
  ['II*\0', 'a TIFF picture or a raw photo'],
  ['MM\0*', 'a TIFF picture or a raw photo'],
  ['BM', 'a BMP picture'],
  ['8BPS', 'a Photoshop document'],
  ['\xff\x0a', 'a JPEG XL picture'],
  ['\0\0\0\x0cJXL ', 'a JPEG XL picture'],
  ['\0\0\0\x0cjP  ', 'a JPEG 2000 picture'],
  ['\0\0\x01\0', 'an icon'],
  ['ID3', 'a sound file'],
  ['fLaC', 'a sound file'],
  ['OggS', 'an Ogg file'],
  ['MZ', 'a program'],
  ['\x7fELF', 'a program'],
  ['version https://git-lfs', 'a Git LFS pointer: run `git lfs pull` first'],
]
/** QuickTime files of before ftyp begin with one of these boxes. */
const QUICKTIME_BOX = /^(moov|mdat|wide|skip|pnot)$/
/** After a byte order mark, white space, an XML declaration, comments and a document type. */
const SVG = /^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE svg[^>]*>\s*)*<svg[\s>]/i
const HTML = /^(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)/i

/** Tells what bytes are by how they begin. A name says nothing. */
export function sniff(bytes: Uint8Array): FileKind {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1')
  const startsWith = (beginning: string): boolean => head.startsWith(beginning)
  if (PICTURES.some(startsWith)) return 'picture'
  const box = head.slice(4, 8)
  if (box === 'ftyp') return ftypKind(head)
  if (startsWith('RIFF')) return riffKind(head.slice(8, 12))
  if (QUICKTIME_BOX.test(box) || VIDEOS.some(startsWith)) return 'video'
  if (SVG.test(head)) return { other: 'an SVG drawing' }
  if (HTML.test(head)) return { other: 'a web page' }
  const known = OTHERS.find(([beginning]) => startsWith(beginning))
  return { other: known ? known[1] : 'other bytes' }
}

function riffKind(form: string): FileKind {
  if (form === 'WEBP') return 'picture'
  if (form === 'AVI ') return 'video'
  return { other: form === 'WAVE' ? 'a sound file' : 'other bytes' }
}
