/** Bytes that tell a format. */
const HEAD_BYTES = 12

/** Whether bytes begin as a JPEG, PNG, GIF, WebP, AVIF or HEIC does. A name says nothing. */
export function looksLikePicture(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1')
  return isJpeg(head) || isPng(head) || isGif(head) || isWebp(head) || isHeif(head)
}

const isJpeg = (head: string): boolean => head.startsWith('\xff\xd8\xff')
const isPng = (head: string): boolean => head.startsWith('\x89PNG\r\n\x1a\n')
const isGif = (head: string): boolean => head.startsWith('GIF8')
const isWebp = (head: string): boolean => head.startsWith('RIFF') && head.slice(8) === 'WEBP'
const isHeif = (head: string): boolean => head.slice(4, 8) === 'ftyp'
