import { writeFileSync } from 'node:fs'
import sharp from 'sharp'

/** Docs stay small: so many bytes a picture. */
const MAX_BYTES = 150_000
const COLOURS = [256, 128, 64, 32]

/** With as many colours as fit. */
export async function writeSmallPng(file: string, png: Buffer): Promise<void> {
  for (const colours of COLOURS) {
    const small = await sharp(png).png({ palette: true, colours, effort: 8, dither: 0 }).toBuffer()
    if (small.length > MAX_BYTES && colours !== COLOURS.at(-1)) continue
    return writeFileSync(file, small)
  }
}
