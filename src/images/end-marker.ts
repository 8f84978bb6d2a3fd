const START_OF_IMAGE = [0xff, 0xd8]
const END_OF_IMAGE = [0xff, 0xd9]

/**
 * Whether a JPEG stops before its end marker. The bytes say so, not the decoder's message: libvips keeps the messages
 * of all threads in one buffer, and any of them may clear it.
 */
export const lacksEndMarker = (bytes: Uint8Array): boolean =>
  START_OF_IMAGE.every((byte, index) => bytes[index] === byte) &&
  !END_OF_IMAGE.every((byte, index) => bytes[bytes.length - END_OF_IMAGE.length + index] === byte)

/** Some programs cut a JPEG at its last pixel, and browsers show it. */
export function withEndMarker(bytes: Uint8Array): Uint8Array {
  const ended = new Uint8Array(bytes.length + END_OF_IMAGE.length)
  ended.set(bytes)
  ended.set(END_OF_IMAGE, bytes.length)
  return ended
}
