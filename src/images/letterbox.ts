import { CHANNELS, type Pixels, type Size } from './pixels.ts'

const WHITE = 255

/** A picture in the middle of a white canvas. @param picture no larger than the canvas. @returns height x width x 3 */
export function letterbox(picture: Pixels, canvas: Size): Uint8Array {
  const out = new Uint8Array(canvas.width * canvas.height * CHANNELS).fill(WHITE)
  const left = (canvas.width - picture.width) >> 1
  const top = (canvas.height - picture.height) >> 1
  const rowBytes = picture.width * CHANNELS
  for (let y = 0; y < picture.height; y++) {
    const row = picture.data.subarray(y * rowBytes, (y + 1) * rowBytes)
    out.set(row, ((top + y) * canvas.width + left) * CHANNELS)
  }
  return out
}

/** The same picture, left and right exchanged. @param rgb height x width x 3 */
export function mirror(rgb: Uint8Array, { width, height }: Size): Uint8Array {
  const out = new Uint8Array(rgb.length)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = (y * width + width - 1 - x) * CHANNELS
      const to = (y * width + x) * CHANNELS
      for (let c = 0; c < CHANNELS; c++) out[to + c] = rgb[from + c] ?? 0
    }
  return out
}
