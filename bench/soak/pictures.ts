import sharp from 'sharp'
import type { Random } from './random.ts'

const SIDE = 96
/** Noise of this size becomes soft shapes when it is enlarged. */
const SMALL = 8
const TINTS = ['#c03030', '#30a040', '#3050c0', '#c0a020', '#8030a0', '#20a0a0']

/** Draws a small picture that nothing else looks exactly like. @param label its number decides the tint */
export async function drawPicture(label: number, random: Random): Promise<Buffer> {
  const tint = sharp({
    create: { width: 1, height: 1, channels: 3, background: TINTS[label % TINTS.length] ?? '#888' },
  })
  const [r = 0, g = 0, b = 0] = await tint.raw().toBuffer()
  const pixels = Buffer.alloc(SMALL * SMALL * 3)
  for (let i = 0; i < pixels.length; i++) {
    const base = [r, g, b][i % 3] ?? 0
    pixels[i] = Math.max(0, Math.min(255, base + 140 * (random() - 0.5)))
  }
  return sharp(pixels, { raw: { width: SMALL, height: SMALL, channels: 3 } })
    .resize(SIDE, SIDE, { kernel: 'cubic' })
    .png()
    .toBuffer()
}
