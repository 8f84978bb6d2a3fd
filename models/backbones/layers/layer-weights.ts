import { z } from 'zod'
import { fromHalf } from '../../numbers/half-precision.ts'
import { BackboneError } from '../network.ts'
import type { Weight } from '../tfjs-weights.ts'

const Specification = z.object({
  name: z.string(),
  shape: z.array(z.int().min(0)).max(5),
  dtype: z.string(),
  quantization: z.object({ dtype: z.string(), scale: z.number().optional(), min: z.number().optional() }).optional(),
})
const Manifest = z.array(z.object({ weights: z.array(Specification) }))

/** Bytes of a stored value, and its reading. */
const STORED: Record<string, { bytes: number; read(view: DataView, at: number): number }> = {
  float32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  float16: { bytes: 2, read: (view, at) => fromHalf(view.getUint16(at, true)) },
  int32: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  uint16: { bytes: 2, read: (view, at) => view.getUint16(at, true) },
  uint8: { bytes: 1, read: (view, at) => view.getUint8(at) },
}

/**
 * Weights of a TensorFlow.js model by name, as floats: stored so, in halves, or quantized (value x scale + min).
 * @param manifest `weightsManifest` of its model.json @param bytes of its shards, joined. Throws BackboneError, or ZodError for what is none
 */
export function readLayerWeights(manifest: unknown, bytes: Uint8Array): Map<string, Weight> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const weights = new Map<string, Weight>()
  let at = 0
  for (const { name, shape, dtype, quantization } of Manifest.parse(manifest).flatMap((group) => group.weights)) {
    const stored = STORED[quantization?.dtype ?? dtype]
    if (!stored) throw new BackboneError(`Expected weights in floats or 8 bits, received ${dtype} for ${name}`)
    const length = shape.reduce((a, b) => a * b, 1)
    const end = at + length * stored.bytes
    if (end > bytes.length)
      throw new BackboneError(`Expected ${end} bytes of weights or more, received ${bytes.length}`)
    const { scale = 1, min = 0 } = quantization ?? {}
    const data = new Float32Array(length)
    for (let i = 0; i < length; i++) data[i] = stored.read(view, at + i * stored.bytes) * scale + min
    weights.set(name, { shape, data })
    at = end
  }
  if (at !== bytes.length) throw new BackboneError(`Expected ${at} bytes of weights, received ${bytes.length}`)
  return weights
}

/** A weight of a layer. Throws BackboneError where there is none of this many sides. */
export function requireLayerWeight(weights: Map<string, Weight>, name: string, sides: number): Weight {
  // Models that were inside of others may have the name of those before.
  const found = weights.get(name) ?? [...weights].find(([full]) => full.endsWith(`/${name}`))?.[1]
  if (!found) throw new BackboneError(`Expected weights called ${name}, found none`)
  if (found.shape.length !== sides || !found.data.every(Number.isFinite))
    throw new BackboneError(`Expected finite weights of ${sides} sides in ${name}, received the shape ${found.shape}`)
  return found
}
