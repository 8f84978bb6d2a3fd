import type { Matrix } from './kernels/kernels.ts'

/** 32-bit floats as base64, little endian. */
export const packFloats = (v: Float32Array): string =>
  Buffer.from(v.buffer, v.byteOffset, v.byteLength).toString('base64')

export const unpackFloats = (s: string): Float32Array =>
  new Float32Array(new Uint8Array(Buffer.from(s, 'base64')).buffer)

/** 32-bit integers as base64, little endian. */
export const packIntegers = (v: Int32Array): string =>
  Buffer.from(v.buffer, v.byteOffset, v.byteLength).toString('base64')

export const unpackIntegers = (s: string): Int32Array => new Int32Array(new Uint8Array(Buffer.from(s, 'base64')).buffer)

/** The upper triangle of d x d, row by row, in half precision: a quarter of the matrix's bytes. */
export function packTriangle({ data, columns: d }: Matrix): Uint8Array {
  const halves = new Uint16Array((d * (d + 1)) / 2)
  let at = 0
  for (let i = 0; i < d; i++) for (let j = i; j < d; j++) halves[at++] = toHalf(data[i * d + j]!)
  return new Uint8Array(halves.buffer)
}

/** d x d with zeros below the diagonal. */
export function unpackTriangle(bytes: Uint8Array, d: number): Matrix {
  const halves = new Uint16Array(new Uint8Array(bytes).buffer)
  if (halves.length !== (d * (d + 1)) / 2)
    throw new Error(`Expected ${(d * (d + 1)) / 2} values, received ${halves.length}`)
  const all = everyHalf()
  const data = new Float32Array(d * d)
  let at = 0
  for (let i = 0; i < d; i++) for (let j = i; j < d; j++) data[i * d + j] = all[halves[at++]!]!
  return { data, rows: d, columns: d }
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
