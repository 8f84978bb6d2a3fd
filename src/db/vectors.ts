import { decodeHalves, encodeHalves } from '../../models/numbers/half-precision.ts'

/** How many bits a number of a stored vector has: 16 since migration 020, 32 before. */
export type Bits = 16 | 32

/** A vector in half precision: half the bytes, and answers that are as often right (docs/decisions/half-precision.md). */
export function encodeVector(vector: Float32Array): { vector: Buffer; bits: Bits } {
  const { buffer, byteOffset, byteLength } = encodeHalves(vector)
  return { vector: Buffer.from(buffer, byteOffset, byteLength), bits: 16 }
}

/** On the bytes' own memory where they are aligned floats. */
export function decodeVector(bytes: Buffer, bits: Bits): Float32Array {
  if (bits === 16) return decodeHalves(bytes)
  return bytes.byteOffset % 4 === 0
    ? new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
    : new Float32Array(new Uint8Array(bytes).buffer)
}
