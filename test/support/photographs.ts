// Pictures that are no drawings: soft shades everywhere, with grain.
import sharp from 'sharp'
import { seededRandom } from '../../models/random.ts'

const SIDE = 160
/** Of the noise that becomes shades when it is enlarged. */
const COARSE = 8
const GRAIN = 24

/** JPEG. @param hue which of the three colours leads @param seed of its grain and shades */
export async function makePhotograph(hue: number, seed: number): Promise<Buffer> {
  const random = seededRandom(2 * (1000 * hue + seed) + 1)
  const coarse = Uint8Array.from({ length: COARSE * COARSE * 3 }, (_, i) => 160 * random() + (i % 3 === hue ? 60 : 0))
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
