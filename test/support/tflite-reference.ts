// What a TFLite graph of a test computes, in plain loops over [batch, height, width, channels]: written apart from the conversion.
import type { TestGraph, TestOperator, TestTensor } from './tflite-file.ts'

/** Real values in row-major order. */
type Values = { shape: number[]; data: Float64Array }

/** @param pixels of the picture, as the input stores them @returns the real values of a tensor */
export function computeTflite(graph: TestGraph, pixels: Uint8Array | Float64Array, wanted: number): Float64Array {
  const values = new Map<number, Values>()
  for (const [i, tensor] of graph.tensors.entries()) if (tensor.values) values.set(i, realValues(tensor, tensor.values))
  const input = graph.tensors[graph.input]!
  values.set(graph.input, realValues(input, [...pixels]))
  for (const operator of graph.operators) {
    const inputs = operator.inputs.map((i) => values.get(i)!)
    const result = compute(operator, inputs, graph.tensors[operator.output]!.shape)
    const bounds = { NONE: [-1e300, 1e300], RELU: [0, 1e300], RELU6: [0, 6], RELU_N1_TO_1: [-1, 1] }
    const [least, most] = bounds[operator.options?.activation ?? 'NONE'] as [number, number]
    result.data = result.data.map((v) => Math.min(Math.max(v, least), most))
    values.set(operator.output, result)
  }
  return values.get(wanted)!.data
}

function realValues({ shape, scale, zeroPoint, axis = 0 }: TestTensor, stored: number[]): Values {
  const run = shape.slice(axis + 1).reduce((a, b) => a * b, 1)
  const data = Float64Array.from(stored, (v, i) => {
    if (!scale) return v
    const channel = scale.length === 1 ? 0 : Math.floor(i / run) % scale.length
    return (v - (zeroPoint?.[channel] ?? 0)) * scale[channel]!
  })
  return { shape, data }
}

/** A value of a picture; 0 outside. */
function at({ shape, data }: Values, y: number, x: number, c: number): number {
  const [, height, width, channels] = shape as [number, number, number, number]
  if (y < 0 || x < 0 || y >= height || x >= width) return 0
  return data[(y * width + x) * channels + c]!
}

function compute({ op, options = {} }: TestOperator, inputs: Values[], shape: number[]): Values {
  const [x, w, b] = inputs as [Values, Values, Values | undefined]
  const data = new Float64Array(shape.reduce((p, q) => p * q, 1))
  const [, height = 1, width = 1, channels = 1] = shape
  const [stepY, stepX] = options.strides ?? [1, 1]
  const [farY, farX] = options.dilations ?? [1, 1]
  const [windowY, windowX] =
    options.window ??
    ((op === 'CONV_2D' || op === 'DEPTHWISE_CONV_2D' ? w.shape.slice(1, 3) : [1, 1]) as [number, number])
  /** What SAME pads before the picture. */
  const before = (side: number, count: number, step: number, window: number): number =>
    options.same ? Math.floor(Math.max((count - 1) * step + window - side, 0) / 2) : 0
  const top = before(x.shape[1]!, height, stepY, (windowY - 1) * farY + 1)
  const left = before(x.shape[2]!, width, stepX, (windowX - 1) * farX + 1)

  /** Sets each value of a picture to what `f` gives for its place and the places in the window that lie in the picture. */
  function slide(f: (places: [y: number, x: number, ky: number, kx: number][], c: number) => number): void {
    for (let oy = 0; oy < height; oy++)
      for (let ox = 0; ox < width; ox++) {
        const places: [number, number, number, number][] = []
        for (let ky = 0; ky < windowY; ky++)
          for (let kx = 0; kx < windowX; kx++) {
            const [y, px] = [oy * stepY - top + ky * farY, ox * stepX - left + kx * farX]
            if (y >= 0 && px >= 0 && y < x.shape[1]! && px < x.shape[2]!) places.push([y, px, ky, kx])
          }
        for (let c = 0; c < channels; c++) data[(oy * width + ox) * channels + c] = f(places, c)
      }
  }

  switch (op) {
    case 'CONV_2D': {
      const inner = w.shape[3]!
      const outOfGroup = channels / (x.shape[3]! / inner)
      slide((places, c) => {
        let sum = b?.data[c] ?? 0
        for (const [y, px, ky, kx] of places)
          for (let i = 0; i < inner; i++)
            sum +=
              at(x, y, px, Math.floor(c / outOfGroup) * inner + i) *
              w.data[((c * windowY + ky) * windowX + kx) * inner + i]!
        return sum
      })
      break
    }
    case 'DEPTHWISE_CONV_2D': {
      const multiplier = channels / x.shape[3]!
      slide((places, c) => {
        let sum = b?.data[c] ?? 0
        for (const [y, px, ky, kx] of places)
          sum += at(x, y, px, Math.floor(c / multiplier)) * w.data[(ky * windowX + kx) * channels + c]!
        return sum
      })
      break
    }
    case 'AVERAGE_POOL_2D':
      slide((places, c) => places.reduce((sum, [y, px]) => sum + at(x, y, px, c), 0) / places.length)
      break
    case 'MAX_POOL_2D':
      slide((places, c) => Math.max(...places.map(([y, px]) => at(x, y, px, c))))
      break
    case 'MEAN': {
      const area = x.shape[1]! * x.shape[2]!
      x.data.forEach((v, i) => {
        data[i % x.shape[3]!]! += v / area
      })
      break
    }
    case 'PAD':
      for (let y = 0; y < height; y++)
        for (let px = 0; px < width; px++)
          for (let c = 0; c < channels; c++)
            data[(y * width + px) * channels + c] = at(x, y - w.data[2]!, px - w.data[4]!, c)
      break
    case 'CONCATENATION': {
      const sides = inputs.map((v) => v.shape[3]!)
      for (let p = 0; p < height * width; p++)
        for (let c = 0, k = 0, from = 0; c < channels; c++) {
          if (c - from >= sides[k]!) from += sides[k++]!
          data[p * channels + c] = inputs[k]!.data[p * sides[k]! + c - from]!
        }
      break
    }
    case 'FULLY_CONNECTED': {
      const [out, inner] = w.shape as [number, number]
      for (let o = 0; o < out; o++)
        data[o] = x.data.reduce((sum, v, i) => sum + v * w.data[o * inner + i]!, b?.data[o] ?? 0)
      break
    }
    case 'ADD':
    case 'SUB':
    case 'MUL': {
      const f = {
        ADD: (p: number, q: number) => p + q,
        SUB: (p: number, q: number) => p - q,
        MUL: (p: number, q: number) => p * q,
      }[op]
      const repeated = (v: Values, i: number): number => v.data[v.data.length === data.length ? i : i % v.data.length]!
      for (let i = 0; i < data.length; i++) data[i] = f(repeated(x, i), repeated(w, i))
      break
    }
    case 'LOGISTIC':
      x.data.forEach((v, i) => {
        data[i] = 1 / (1 + Math.exp(-v))
      })
      break
    case 'HARD_SWISH':
      x.data.forEach((v, i) => {
        data[i] = (v * Math.min(Math.max(v + 3, 0), 6)) / 6
      })
      break
    default:
      data.set(x.data)
  }
  return { shape, data }
}
