/** In pixels. */
export type Size = { width: number; height: number }

/** RGB, 8 bits: height x width x 3, row by row. */
export type Pixels = Size & { data: Uint8Array }

export const CHANNELS = 3

/** Brightness of a colour, 0 to 255 (ITU-R BT.601). */
export const luma = (red: number, green: number, blue: number): number => 0.299 * red + 0.587 * green + 0.114 * blue

/** Every fourth pixel says enough about a picture's contrast. */
const CONTRAST_STEP = 4 * CHANNELS

/** Standard deviation of the brightness, 0 to 128: almost nothing where a picture is almost blank. @param rgb 8 bits */
export function contrastOf(rgb: Uint8Array): number {
  let sum = 0
  let squares = 0
  let count = 0
  for (let i = 0; i + 2 < rgb.length; i += CONTRAST_STEP) {
    const grey = luma(rgb[i] ?? 0, rgb[i + 1] ?? 0, rgb[i + 2] ?? 0)
    sum += grey
    squares += grey * grey
    count++
  }
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))
}
