import sharp from 'sharp'

const SIDE = 128
const GAP = 6

/** Pictures side by side as one JPEG. @param copies JPEG */
export async function thumbnailStrip(copies: Uint8Array[]): Promise<Buffer> {
  const columns = Math.min(copies.length, 5)
  const rows = Math.ceil(copies.length / columns)
  const tiles = await Promise.all(
    copies.map(async (copy, i) => ({
      input: await sharp(copy).resize(SIDE, SIDE, { fit: 'contain', background: '#313338' }).toBuffer(),
      left: (i % columns) * (SIDE + GAP),
      top: Math.floor(i / columns) * (SIDE + GAP),
    })),
  )
  const size = { width: columns * (SIDE + GAP) - GAP, height: rows * (SIDE + GAP) - GAP }
  return sharp({ create: { ...size, channels: 3, background: '#313338' } })
    .composite(tiles)
    .jpeg({ quality: 85 })
    .toBuffer()
}
