import { fromHalf } from '../../numbers/half-precision.ts'
import { BackboneError } from '../network.ts'
import type { Weight } from '../tfjs-weights.ts'
import type { Quantization, Tensor } from './read-model.ts'

/** Bytes of a stored value, and its reading. */
type Stored = { bytes: number; read(view: DataView, at: number): number }
const STORED: Record<string, Stored> = {
  float32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  float16: { bytes: 2, read: (view, at) => fromHalf(view.getUint16(at, true)) },
  int32: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  int64: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  int8: { bytes: 1, read: (view, at) => view.getInt8(at) },
  uint8: { bytes: 1, read: (view, at) => view.getUint8(at) },
}

/** A constant of a TFLite file as 32-bit floats, in row-major order. Throws BackboneError where it has another type, or other bytes than its shape. */
export function readWeight({ name, shape, type, quantization, data }: Tensor): Weight {
  const stored = STORED[type]
  if (!stored || !data)
    throw new BackboneError(`Expected floats or integers of 8 bits as weights of ${name}, received ${type}`)
  const length = shape.reduce((a, b) => a * b, 1)
  if (data.length !== length * stored.bytes)
    throw new BackboneError(`Expected ${length * stored.bytes} bytes for ${name}, found ${data.length}`)
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const values = new Float32Array(length)
  for (let i = 0; i < length; i++) values[i] = stored.read(view, i * stored.bytes)
  if (quantization) dequantize(values, shape, quantization)
  else if (type === 'int8' || type === 'uint8')
    throw new BackboneError(`Expected a scale for the ${type} weights of ${name}, found none`)
  if (!values.every(Number.isFinite)) throw new BackboneError(`Expected finite weights in ${name}, found others`)
  return { shape, data: values }
}

/** In place. */
function dequantize(values: Float32Array, shape: number[], { scale, zeroPoint, axis }: Quantization): void {
  const side = scale.length === 1 ? 1 : shape[axis]
  if (side !== scale.length || (zeroPoint.length !== 0 && zeroPoint.length !== scale.length))
    throw new BackboneError(
      `Expected a scale and a zero point for each of ${side}, found ${scale.length}, ${zeroPoint.length}`,
    )
  // Values that follow each other with one index of the axis.
  const run = scale.length === 1 ? values.length : shape.slice(axis + 1).reduce((a, b) => a * b, 1)
  for (let i = 0; i < values.length; i++) {
    const channel = Math.floor(i / run) % scale.length
    values[i] = ((values[i] ?? 0) - (zeroPoint[channel] ?? 0)) * (scale[channel] ?? 0)
  }
}
