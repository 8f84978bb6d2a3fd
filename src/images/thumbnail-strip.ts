import sharp from 'sharp'
import { smallWebp } from './small-webp.ts'

/** Pixels of a thumbnail's side, and between two. */
const SIDE = 128
const GAP = 6
const MAX_COLUMNS = 5
/** Nothing: the card is seen, in its dark and in its light theme. */
const BACKGROUND = { r: 0, g: 0, b: 0, alpha: 0 }

/** Pictures side by side as one WebP, in rows of five. @param copies JPEG, at least one */
export async function thumbnailStrip(copies: Uint8Array[]): Promise<Buffer> {
  const columns = Math.min(copies.length, MAX_COLUMNS)
  const rows = Math.ceil(copies.length / columns)
  const tiles = await Promise.all(
    copies.map(async (copy, i) => ({
      input: await sharp(copy)
        .ensureAlpha()
        .resize(SIDE, SIDE, { fit: 'contain', background: BACKGROUND })
        .png()
        .toBuffer(),
      left: (i % columns) * (SIDE + GAP),
      top: Math.floor(i / columns) * (SIDE + GAP),
    })),
  )
  const width = columns * (SIDE + GAP) - GAP
  const height = rows * (SIDE + GAP) - GAP
  const strip = sharp({ create: { width, height, channels: 4, background: BACKGROUND } }).composite(tiles)
  return smallWebp(await strip.png().toBuffer())
}
