import { z } from 'zod'
import { CHANNELS, type Pixels } from '../pixels.ts'

/** A plane of brightness or colour; `stride`: values from one row to the next. */
const Plane = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  stride: z.int().positive(),
  bits_per_pixel: z.int().positive(),
  data: z.instanceof(Uint8Array),
})
type Plane = z.infer<typeof Plane>

/** A decoded picture: brightness, then blue and red differences at half the resolution. */
export const Planes = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  channels: z.tuple([Plane, Plane, Plane]).rest(z.unknown()),
})
export type Planes = z.infer<typeof Planes>

/** BT.601 in full range, as JPEG and cameras of telephones have it. */
const [RED, GREEN_BLUE, GREEN_RED, BLUE] = [1.402, 0.344136, 0.714136, 1.772]
const MIDDLE = 128
/** Each plane of a colour has half as many values in both directions. */
const COLOUR_STEP = 2

/**
 * RGB, smaller by a whole factor where it would have far more pixels than are needed: blocks are averaged.
 * @param leastSide that the longer side keeps, in pixels
 */
export function toRgb({ width, height, channels }: Planes, leastSide: number): Pixels {
  const factor = Math.max(1, Math.floor(Math.max(width, height) / leastSide))
  const [y, cb, cr] = channels
  const size = { width: Math.max(1, Math.floor(width / factor)), height: Math.max(1, Math.floor(height / factor)) }
  const data = Buffer.alloc(size.width * size.height * CHANNELS)
  const valueY = averager(y, factor, 1)
  const valueCb = averager(cb, factor, COLOUR_STEP)
  const valueCr = averager(cr, factor, COLOUR_STEP)
  let at = 0
  for (let row = 0; row < size.height; row++)
    for (let column = 0; column < size.width; column++) {
      const light = valueY(column, row)
      const blue = valueCb(column, row) - MIDDLE
      const red = valueCr(column, row) - MIDDLE
      data[at++] = clamp(light + RED * red)
      data[at++] = clamp(light - GREEN_BLUE * blue - GREEN_RED * red)
      data[at++] = clamp(light + BLUE * blue)
    }
  return { ...size, data }
}

const clamp = (value: number): number => Math.max(0, Math.min(255, Math.round(value)))

/** @param step picture pixels of one value @returns the mean of a block, 0 to 255 */
function averager({ data, stride, width, height, bits_per_pixel: bits }: Plane, factor: number, step: number) {
  const bytes = bits > 8 ? 2 : 1
  const scale = 2 ** (bits - 8)
  // More than 8 bits lie in two bytes each, the lower one first.
  const read = (at: number): number => (bytes === 1 ? (data[at] ?? 0) : (data[at] ?? 0) | ((data[at + 1] ?? 0) << 8))
  return (column: number, row: number): number => {
    const left = Math.min(width - 1, Math.floor((column * factor) / step))
    const top = Math.min(height - 1, Math.floor((row * factor) / step))
    const right = Math.min(width, Math.max(left + 1, Math.floor(((column + 1) * factor) / step)))
    const bottom = Math.min(height, Math.max(top + 1, Math.floor(((row + 1) * factor) / step)))
    let sum = 0
    for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += read(y * stride + x * bytes)
    return sum / ((bottom - top) * (right - left)) / scale
  }
}
