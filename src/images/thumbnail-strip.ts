import sharp from 'sharp'
import { smallWebp } from './small-webp.ts'

/** Pixels of a thumbnail's side, and between two. */
const SIDE = 128
const GAP = 6
const MAX_COLUMNS = 5
/** Discord's own in its dark theme. */
const BACKGROUND = '#313338'

/** Pictures side by side as one WebP, in rows of five. @param copies JPEG, at least one */
export async function thumbnailStrip(copies: Uint8Array[]): Promise<Buffer> {
  const columns = Math.min(copies.length, MAX_COLUMNS)
  const rows = Math.ceil(copies.length / columns)
  const tiles = await Promise.all(
    copies.map(async (copy, i) => ({
      input: await sharp(copy).resize(SIDE, SIDE, { fit: 'contain', background: BACKGROUND }).toBuffer(),
      left: (i % columns) * (SIDE + GAP),
      top: Math.floor(i / columns) * (SIDE + GAP),
    })),
  )
  const width = columns * (SIDE + GAP) - GAP
  const height = rows * (SIDE + GAP) - GAP
  const strip = sharp({ create: { width, height, channels: 3, background: BACKGROUND } }).composite(tiles)
  return smallWebp(await strip.png().toBuffer())
}
