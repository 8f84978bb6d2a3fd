import type { Triangle } from './triangle.ts'

/** 32-bit floats as base64, little endian. */
export const packFloats = (v: Float32Array): string =>
  Buffer.from(v.buffer, v.byteOffset, v.byteLength).toString('base64')

export const unpackFloats = (s: string): Float32Array =>
  new Float32Array(new Uint8Array(Buffer.from(s, 'base64')).buffer)

/** 32-bit integers as base64, little endian. */
export const packIntegers = (v: Int32Array): string =>
  Buffer.from(v.buffer, v.byteOffset, v.byteLength).toString('base64')

export const unpackIntegers = (s: string): Int32Array => new Int32Array(new Uint8Array(Buffer.from(s, 'base64')).buffer)

/** In half precision: a quarter of the square matrix's bytes. */
export function packTriangle({ upper }: Triangle): Uint8Array {
  const halves = new Uint16Array(upper.length)
  for (let i = 0; i < upper.length; i++) halves[i] = toHalf(upper[i]!)
  return new Uint8Array(halves.buffer)
}

export function unpackTriangle(bytes: Uint8Array, d: number): Triangle {
  const halves = new Uint16Array(new Uint8Array(bytes).buffer)
  if (halves.length !== (d * (d + 1)) / 2)
    throw new Error(`Expected ${(d * (d + 1)) / 2} values, received ${halves.length}`)
  const all = everyHalf()
  const upper = new Float32Array(halves.length)
  for (let i = 0; i < upper.length; i++) upper[i] = all[halves[i]!]!
  return { upper, d }
}

const single = new Float32Array(1)
const singleBits = new Uint32Array(single.buffer)

/** IEEE 754 binary16, rounded to nearest, without subnormals: they become zero. */
function toHalf(value: number): number {
  single[0] = value
  const bits = singleBits[0]!
  const sign = (bits >>> 16) & 0x8000
  // The carry of rounding runs on into the exponent, as it should.
  const rounded = (bits & 0x7fffffff) + 0x1000
  const exponent = (rounded >>> 23) - 112
  if (exponent <= 0) return sign
  if (exponent >= 31) return sign | 0x7c00
  return sign | (exponent << 10) | ((rounded >>> 13) & 0x3ff)
}

function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >>> 10) & 31
  if (exponent === 0) return 0
  return sign * 2 ** (exponent - 15) * (1 + (half & 0x3ff) / 1024)
}

let table: Float32Array | undefined

/** What each of the 65,536 halves is. */
function everyHalf(): Float32Array {
  table ??= Float32Array.from({ length: 0x10000 }, (_, half) => fromHalf(half))
  return table
}
