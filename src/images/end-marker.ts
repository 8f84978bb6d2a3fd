const END_OF_IMAGE = [0xff, 0xd9]

/** Whether libvips says that a JPEG ends without its end marker. */
export const isMissingEnd = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('premature end of JPEG image')

/** Some programs cut a JPEG at its last pixel, and browsers show it. */
export function withEndMarker(bytes: Uint8Array): Uint8Array {
  const ended = new Uint8Array(bytes.length + END_OF_IMAGE.length)
  ended.set(bytes)
  ended.set(END_OF_IMAGE, bytes.length)
  return ended
}
