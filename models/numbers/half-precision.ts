import type { Triangle } from './triangle.ts'

/** IEEE 754 binary16: the bias of its exponent, the exponent of infinity, and the bits of its fraction. */
const EXPONENT_BIAS = 15
const EXPONENT_OF_INFINITY = 31
const FRACTION_MASK = 0x3ff
const SIGN_BIT = 0x8000
/** What the exponent of a 32-bit float is biased by, above that of binary16. */
const BIAS_DIFFERENCE = 127 - EXPONENT_BIAS
/** Fraction bits of a 32-bit float that binary16 has no room for, and half of the last one that it has. */
const DROPPED_BITS = 13
const HALF_OF_LAST_BIT = 1 << (DROPPED_BITS - 1)

/** Values in half precision, little endian: 2 bytes each, a quarter of the square matrix of floats. */
export const encodeTriangle = ({ upper }: Triangle): Uint8Array => encodeHalves(upper)

/** Values in half precision, little endian. */
export function encodeHalves(values: Float32Array): Uint8Array {
  const halves = new Uint16Array(values.length)
  for (let i = 0; i < values.length; i++) halves[i] = toHalf(values[i]!)
  return new Uint8Array(halves.buffer)
}

/** @param d rows of the matrix. Throws where the bytes are not those of d (d + 1) / 2 values. */
export function decodeTriangle(bytes: Uint8Array, d: number): Triangle {
  const upper = decodeHalves(bytes)
  const expected = (d * (d + 1)) / 2
  if (upper.length !== expected) throw new Error(`Expected ${expected} values, received ${upper.length}`)
  return { upper, d }
}

/** Values in half precision, little endian. */
export function decodeHalves(bytes: Uint8Array): Float32Array {
  const halves = new Uint16Array(new Uint8Array(bytes).buffer)
  const all = floatsOfHalves()
  const floats = new Float32Array(halves.length)
  // A loop: `from` with a function takes ten times as long, and every first answer waits for a third of a million.
  for (let i = 0; i < halves.length; i++) floats[i] = all[halves[i]!]!
  return floats
}

const single = new Float32Array(1)
const singleBits = new Uint32Array(single.buffer)

/** Rounds to nearest. Values too small for a normal number become zero, too large ones infinity, which is read as 65,536. */
function toHalf(value: number): number {
  single[0] = value
  const bits = singleBits[0]!
  const sign = (bits >>> 16) & SIGN_BIT
  // The carry of rounding runs on into the exponent, as it should.
  const rounded = (bits & 0x7fffffff) + HALF_OF_LAST_BIT
  const exponent = (rounded >>> 23) - BIAS_DIFFERENCE
  if (exponent <= 0) return sign
  if (exponent >= EXPONENT_OF_INFINITY) return sign | (EXPONENT_OF_INFINITY << 10)
  return sign | (exponent << 10) | ((rounded >>> DROPPED_BITS) & FRACTION_MASK)
}

/** @param half its 16 bits @returns its value; infinity and what is no number are read as 65,536 and more */
export function fromHalf(half: number): number {
  const sign = half & SIGN_BIT ? -1 : 1
  const exponent = (half >>> 10) & EXPONENT_OF_INFINITY
  // Less than the least normal number: without the leading 1.
  if (exponent === 0) return sign * 2 ** (1 - EXPONENT_BIAS) * ((half & FRACTION_MASK) / (FRACTION_MASK + 1))
  return sign * 2 ** (exponent - EXPONENT_BIAS) * (1 + (half & FRACTION_MASK) / (FRACTION_MASK + 1))
}

let table: Float32Array | undefined

/** The value of each of the 65,536 halves. */
function floatsOfHalves(): Float32Array {
  if (table) return table
  table = new Float32Array(0x10000)
  for (let half = 0; half < table.length; half++) table[half] = fromHalf(half)
  return table
}
