import type { Matrix } from '../kernels/kernels.ts'

/** A symmetric matrix, d x d, as its upper triangle row by row: d (d + 1) / 2 values, half the memory. */
export type Triangle = { upper: Float32Array; d: number }

export const emptyTriangle = (d: number): Triangle => ({ upper: new Float32Array((d * (d + 1)) / 2), d })

/** What lies below the diagonal is not looked at. */
export function upperOf({ data, columns: d }: Matrix): Triangle {
  const made = emptyTriangle(d)
  addUpper(made, { data, rows: d, columns: d })
  return made
}

/** Zeros below the diagonal. */
export function upperMatrix({ upper, d }: Triangle): Matrix {
  const data = new Float32Array(d * d)
  for (let i = 0, at = 0; i < d; at += d - i, i++) data.set(upper.subarray(at, at + d - i), i * d + i)
  return { data, rows: d, columns: d }
}

export function symmetricMatrix(triangle: Triangle): Matrix {
  const made = upperMatrix(triangle)
  mirrorUpper(made)
  return made
}

/** Copies what is above the diagonal to below it. */
export function mirrorUpper({ data, columns: d }: Matrix): void {
  for (let i = 0; i < d; i++) for (let j = 0; j < i; j++) data[i * d + j] = data[j * d + i]!
}

/** Adds the upper triangle of a matrix. */
export function addUpper({ upper, d }: Triangle, { data }: Matrix): void {
  let at = 0
  for (let i = 0; i < d; i++) for (let j = i; j < d; j++) upper[at++]! += data[i * d + j]!
}

export function addTimes({ upper }: Triangle, other: Triangle, times: number): void {
  for (let i = 0; i < upper.length; i++) upper[i]! += times * other.upper[i]!
}

/** Where each value of the diagonal is. */
export function diagonal({ d }: Triangle): Uint32Array {
  const found = new Uint32Array(d)
  for (let i = 0, at = 0; i < d; at += d - i, i++) found[i] = at
  return found
}
