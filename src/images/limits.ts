/**
 * What a picture may be at most: bytes of the file, pixels of a frame, frames, pixels of the longer side, and bytes that
 * its decoder holds at once. `light`: up to here pictures are decoded beside each other.
 */
export const LIMITS = {
  ...{ bytes: 32 * 2 ** 20, pixels: 50_000_000, frames: 1_000, side: 32_000 },
  ...{ decoded: 150 * 2 ** 20, light: 24 * 2 ** 20 },
}
