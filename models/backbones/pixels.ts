import type { InputDescription } from './registry.ts'

const CHANNELS = 3

/**
 * Pixels as the numbers that a network takes, and their shape, a batch of one.
 * @param pixels RGB, 8 bits, height x width x 3 @returns `pixels` themselves where the network takes them as they are
 */
export function toNetworkInput(
  pixels: Uint8Array,
  input: InputDescription,
): { data: Float32Array | Uint8Array; dims: number[] } {
  const { width, height, layout, order, type } = input
  const dims = layout === 'nhwc' ? [1, height, width, CHANNELS] : [1, CHANNELS, height, width]
  if (type === 'uint8' && layout === 'nhwc' && order === 'rgb') return { data: pixels, dims }
  const area = width * height
  const data = type === 'uint8' ? new Uint8Array(area * CHANNELS) : new Float32Array(area * CHANNELS)
  for (let c = 0; c < CHANNELS; c++) {
    const from = order === 'rgb' ? c : 2 - c
    const [scale, shift] =
      type === 'uint8' ? [1, 0] : [1 / 255 / input.deviation[c]!, -input.mean[c]! / input.deviation[c]!]
    const [start, step] = layout === 'nchw' ? [c * area, 1] : [c, CHANNELS]
    for (let i = 0; i < area; i++) data[start + i * step] = pixels[i * CHANNELS + from]! * scale + shift
  }
  return { data, dims }
}
