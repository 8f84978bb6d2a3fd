// Pictures that are no drawings: soft shades everywhere, with grain.
import sharp from 'sharp'
import { seededRandom } from '../../models/random.ts'

const SIDE = 160
/** Of the noise that becomes shades when it is enlarged. */
const COARSE = 8
const GRAIN = 24

/** JPEG. @param hues which of the three colours lead @param seed of its grain and shades */
export async function makePhotograph(hues: number[], seed: number): Promise<Buffer> {
  const random = seededRandom(2 * (1000 * hues.reduce((sum, hue) => 4 * sum + hue + 1, 0) + seed) + 1)
  const coarse = Uint8Array.from(
    { length: COARSE * COARSE * 3 },
    (_, i) => 160 * random() + (hues.includes(i % 3) ? 60 : 0),
  )
  const shades = await sharp(coarse, { raw: { width: COARSE, height: COARSE, channels: 3 } })
    .resize(SIDE, SIDE, { kernel: 'cubic' })
    .raw()
    .toBuffer()
  return sharp(
    shades.map((shade) => shade + GRAIN * random()),
    { raw: { width: SIDE, height: SIDE, channels: 3 } },
  )
    .jpeg({ quality: 90 })
    .toBuffer()
}
