import type { GraphBuilder } from '../onnx/graph-builder.ts'
import { ELEMENT_TYPE } from '../onnx/model.ts'
import type { InputDescription } from './registry.ts'

/** How pixels become numbers, for red, green and blue: (pixel / 255 - mean) / deviation. */
export type PixelScale = Pick<InputDescription, 'mean' | 'deviation'>

/** What networks of floats take unless they say otherwise: -1 to 1. */
export const PLUS_MINUS_ONE: PixelScale = { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] }

/** `onnx`: takes `picture`, uint8 [N, height, width, 3], RGB, and gives `features`, float32 [N, d]. `input`: the same for a `Backbone`. */
export type ConvertedNetwork = { onnx: Uint8Array; input: InputDescription }

export const LARGEST_PIXEL = 255

/** From the input `picture`, uint8 [N, height, width, 3], to the numbers that a network takes, channels second. @returns their name */
export function scalePixels(builder: GraphBuilder, { mean, deviation }: PixelScale): string {
  const factors = deviation.map((d) => 1 / LARGEST_PIXEL / d)
  const shifts = mean.map((m, i) => -m / (deviation[i] ?? 1))
  const floats = builder.add('Cast', ['picture'], { to: ELEMENT_TYPE.float32 })
  const scaled = builder.add('Mul', [floats, builder.constant([3], factors)])
  const shifted = builder.add('Add', [scaled, builder.constant([3], shifts)])
  return builder.add('Transpose', [shifted], { perm: [0, 3, 1, 2] })
}
