import { BackboneError } from '../network.ts'
import { PADDING_SAME } from './schema.ts'

/** A window that slides over a picture; `[y, x]`. */
type Window = {
  kernel: [number, number]
  strides: [number, number]
  dilations: [number, number]
  padding: number
}

/** `pads`: `[top, left, bottom, right]`, as ONNX has them. */
type Placed = { size: [number, number]; pads: [number, number, number, number] }

/** More is a damaged file. */
const MAX_STEP = 64

/** Where a window is placed in height and width, as TensorFlow does it: SAME pads more at the end than at the beginning. */
export function placeWindow([height, width]: [number, number], window: Window): Placed {
  const y = placeAlong(height, 0, window)
  const x = placeAlong(width, 1, window)
  return { size: [y.count, x.count], pads: [y.before, x.before, y.after, x.after] }
}

function placeAlong(
  side: number,
  axis: 0 | 1,
  { kernel, strides, dilations, padding }: Window,
): { count: number; before: number; after: number } {
  const [stride, dilation] = [strides[axis], dilations[axis]]
  for (const step of [stride, dilation])
    if (step < 1 || step > MAX_STEP) throw new BackboneError(`Expected steps of 1 to ${MAX_STEP}, received ${step}`)
  const covered = (kernel[axis] - 1) * dilation + 1
  if (padding !== PADDING_SAME) {
    if (kernel[axis] < 1 || covered > side)
      throw new BackboneError(`Expected a window within ${side}, received ${covered}`)
    return { count: Math.floor((side - covered) / stride) + 1, before: 0, after: 0 }
  }
  const count = Math.ceil(side / stride)
  const padded = Math.max((count - 1) * stride + covered - side, 0)
  if (kernel[axis] < 1 || padded >= covered + side) throw new BackboneError(`Expected a window, received ${covered}`)
  const before = padded >> 1
  return { count, before, after: padded - before }
}
