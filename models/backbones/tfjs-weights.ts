/** A model of TensorFlow.js: the content of its `model.json`, and the bytes of its weight shards, joined. */
export type TfjsModel = { model: unknown; weights: Uint8Array }

/** Values in row-major order. */
export type Weight = { shape: number[]; data: Float32Array }

/** A weight in 8 bits: value = byte x scale + min. */
export type QuantizedWeight = {
  name: string
  shape: number[]
  quantization: { min: number; scale: number; dtype: 'uint8' }
}

/** Weights by name, as floats. @param list in the order of their bytes. Throws where there are more or fewer bytes. */
export function dequantize(list: QuantizedWeight[], bytes: Uint8Array): Map<string, Weight> {
  const weights = new Map<string, Weight>()
  let at = 0
  for (const { name, shape, quantization } of list) {
    const length = shape.reduce((a, b) => a * b, 1)
    const data = Float32Array.from(bytes.subarray(at, at + length), (v) => v * quantization.scale + quantization.min)
    weights.set(name, { shape, data })
    at += length
  }
  if (at !== bytes.length) throw new Error(`Expected ${at} bytes of weights, received ${bytes.length}`)
  return weights
}

/** Throws where no weight has this name. */
export function requireWeight(weights: Map<string, Weight>, name: string): Weight {
  const found = weights.get(name)
  if (!found) throw new Error(`Expected weights called ${name}, found none`)
  return found
}

/** Kernel of a convolution: [height, width, in, out] of TensorFlow to [out, in, height, width] of ONNX. */
export function hwioToOihw({ shape, data }: Weight): Weight {
  const [h, w, i, o] = shape as [number, number, number, number]
  const to = new Float32Array(data.length)
  let at = 0
  for (let p = 0; p < h * w; p++)
    for (let c = 0; c < i; c++) for (let k = 0; k < o; k++) to[(k * i + c) * h * w + p] = data[at++]!
  return { shape: [o, i, h, w], data: to }
}

/** Kernel of a depthwise convolution: [height, width, channels, multiplier] to [channels * multiplier, 1, height, width]. */
export function hwcmToCmhw({ shape, data }: Weight): Weight {
  const [h, w, c, m] = shape as [number, number, number, number]
  const to = new Float32Array(data.length)
  let at = 0
  for (let p = 0; p < h * w; p++) for (let k = 0; k < c * m; k++) to[k * h * w + p] = data[at++]!
  return { shape: [c * m, 1, h, w], data: to }
}
