/** Markers of JPEG (ITU-T T.81, table B.1) by their second byte. */
const MARKER = 0xff
const [START, END, SCAN] = [0xd8, 0xd9, 0xda]
/** Of what says nothing but how the pixels are coded: frames, tables, and the header of JFIF. */
const PLAIN = new Set([0xc0, 0xc1, 0xc2, 0xc4, 0xdb, 0xdd, 0xe0])
const [FIRST_RESTART, LAST_RESTART] = [0xd0, 0xd7]
/** A header of JFIF without a thumbnail: its length and its name. */
const JFIF = Buffer.from('\0\x10JFIF\0', 'latin1')

/** Whether bytes are a JPEG with pixels and nothing else: no metadata, no comments, nothing before it or after it. */
export function isPlainJpeg(bytes: Uint8Array): boolean {
  if (bytes[0] !== MARKER || bytes[1] !== START) return false
  for (let at = 2; at + 1 < bytes.length; ) {
    if (bytes[at] !== MARKER) return false
    const marker = bytes[at + 1] ?? 0
    if (marker === END) return at + 2 === bytes.length
    if (marker !== SCAN && !PLAIN.has(marker)) return false
    if (marker === 0xe0 && JFIF.compare(bytes.subarray(at + 2, at + 2 + JFIF.length)) !== 0) return false
    at += 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0))
    if (marker === SCAN) at = endOfScan(bytes, at)
  }
  return false
}

/** Where the next marker is; in the pixels, 255 is followed by 0. */
function endOfScan(bytes: Uint8Array, start: number): number {
  for (let at = start; at + 1 < bytes.length; at++) {
    const next = bytes[at + 1] ?? 0
    if (bytes[at] === MARKER && next !== 0 && (next < FIRST_RESTART || next > LAST_RESTART)) return at
  }
  return bytes.length
}
