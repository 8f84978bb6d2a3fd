import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'

/** JPEGs of one megapixel that look like pictures to a decoder: smooth shapes with some noise, all different. */
export async function drawPhotographs(folder: string, count: number): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  const files: string[] = []
  for (let i = 0; i < count; i++) {
    const small = await sharp({
      create: {
        width: 24,
        height: 18,
        channels: 3,
        background: '#888',
        noise: { type: 'gaussian', mean: 128, sigma: 70 },
      },
    })
      .png()
      .toBuffer()
    const file = join(folder, `${i}.jpg`)
    const large = sharp(small).resize(1155, 866, { kernel: 'cubic' }).sharpen()
    writeFileSync(file, await large.jpeg({ quality: 88 }).toBuffer())
    files.push(file)
  }
  return files
}
