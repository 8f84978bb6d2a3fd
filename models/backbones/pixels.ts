import type { InputDescription } from './registry.ts'

/** Pixels (RGB, 8 bits, height x width x 3) as the numbers that a network takes, and their shape. */
export function toNumbers(
  pixels: Uint8Array,
  input: InputDescription,
): { data: Float32Array | Uint8Array; dims: number[] } {
  const { width, height, layout } = input
  const dims = layout === 'nhwc' ? [1, height, width, 3] : [1, 3, height, width]
  if (input.type === 'uint8' && layout === 'nhwc' && input.order === 'rgb') return { data: pixels, dims }
  const area = width * height
  const data = input.type === 'uint8' ? new Uint8Array(area * 3) : new Float32Array(area * 3)
  for (let c = 0; c < 3; c++) {
    const from = input.order === 'rgb' ? c : 2 - c
    const [scale, shift] =
      input.type === 'uint8' ? [1, 0] : [1 / 255 / input.deviation[c]!, -input.mean[c]! / input.deviation[c]!]
    const [start, step] = layout === 'nchw' ? [c * area, 1] : [c, 3]
    for (let i = 0; i < area; i++) data[start + i * step] = pixels[i * 3 + from]! * scale + shift
  }
  return { data, dims }
}
