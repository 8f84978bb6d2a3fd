/** What a picture may be at most. */
export const LIMITS = {
  /** Of the file. */
  bytes: 32 * 2 ** 20,
  /** Pixels of a frame. */
  pixels: 50_000_000,
  /** Frames of an animation. */
  frames: 1_000,
  /** Pixels of a frame's longer side. */
  side: 32_000,
  /** Bytes that the decoder holds at once. */
  decoderBytes: 150 * 2 ** 20,
  /** Up to so many, pictures are decoded beside each other; those that need more one at a time. */
  parallelDecoderBytes: 24 * 2 ** 20,
}
