import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'

/** Noise of this size becomes smooth shapes when it is enlarged to the size of a picture, one megapixel. */
const SMALL = { width: 24, height: 18 }
const LARGE = { width: 1155, height: 866 }
const QUALITY = 88

/** Draws JPEGs of one megapixel that look like photographs to a decoder, all different. @returns their files */
export async function drawPhotographs(folder: string, count: number): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  const files = Array.from({ length: count }, (_, i) => join(folder, `${i}.jpg`))
  for (const file of files) writeFileSync(file, await drawPhotograph())
  return files
}

async function drawPhotograph(): Promise<Buffer> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 70 }
  const small = sharp({ create: { ...SMALL, channels: 3, background: '#888', noise } })
  const large = sharp(await small.png().toBuffer()).resize({ ...LARGE, kernel: 'cubic' })
  return large.sharpen().jpeg({ quality: QUALITY }).toBuffer()
}
