/** What a picture may be at most: bytes of the file, pixels of a frame, frames, pixels of the longer side. */
export const LIMITS = { bytes: 32 * 2 ** 20, pixels: 50_000_000, frames: 1_000, side: 32_000 }
