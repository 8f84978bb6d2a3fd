import { CHANNELS, type Pixels } from './pixels.ts'

export type Rgb = [red: number, green: number, blue: number]

/**
 * Reads a picture between its pixels, bilinearly. A pixel's middle has whole coordinates.
 * @returns writes the colour at (x, y) into `rgb`; false, and nothing written, outside of the picture
 */
export function bilinear({ data, width, height }: Pixels): (x: number, y: number, rgb: Rgb) => boolean {
  const offset = (x: number, y: number): number => (y * width + x) * CHANNELS

  return (x, y, rgb) => {
    if (x < -0.5 || y < -0.5 || x > width - 0.5 || y > height - 0.5) return false
    const left = Math.max(0, Math.floor(x))
    const top = Math.max(0, Math.floor(y))
    const right = Math.min(width - 1, left + 1)
    const bottom = Math.min(height - 1, top + 1)
    const topLeft = offset(left, top)
    const topRight = offset(right, top)
    const bottomLeft = offset(left, bottom)
    const bottomRight = offset(right, bottom)
    const fx = Math.max(0, x - left)
    const fy = Math.max(0, y - top)
    for (let c = 0; c < CHANNELS; c++) {
      const upper = (data[topLeft + c] ?? 0) * (1 - fx) + (data[topRight + c] ?? 0) * fx
      const lower = (data[bottomLeft + c] ?? 0) * (1 - fx) + (data[bottomRight + c] ?? 0) * fx
      rgb[c] = upper * (1 - fy) + lower * fy
    }
    return true
  }
}
