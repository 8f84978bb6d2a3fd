import type { Matrix } from './matrix.ts'

/** A symmetric d x d matrix as its upper triangle, row by row: d (d + 1) / 2 values, half the memory. */
export type Triangle = { upper: Float32Array; d: number }

/** All zeros. */
export const emptyTriangle = (d: number): Triangle => ({ upper: new Float32Array((d * (d + 1)) / 2), d })

/** The upper triangle of a square matrix; values below the diagonal are ignored. */
export function upperTriangleOf({ data, columns: d }: Matrix): Triangle {
  const made = emptyTriangle(d)
  addUpperTriangle(made, { data, rows: d, columns: d })
  return made
}

/** d x d with zeros below the diagonal. */
export function upperTriangularMatrix({ upper, d }: Triangle): Matrix {
  const data = new Float32Array(d * d)
  for (let i = 0, at = 0; i < d; at += d - i, i++) data.set(upper.subarray(at, at + d - i), i * d + i)
  return { data, rows: d, columns: d }
}

/** The whole d x d matrix. */
export function symmetricMatrix(triangle: Triangle): Matrix {
  const made = upperTriangularMatrix(triangle)
  mirrorUpperTriangle(made)
  return made
}

/** Copies the values above the diagonal of a square matrix to below it, in place. */
export function mirrorUpperTriangle({ data, columns: d }: Matrix): void {
  for (let i = 0; i < d; i++) for (let j = 0; j < i; j++) data[i * d + j] = data[j * d + i]!
}

/** Adds the upper triangle of a d x d matrix, in place. */
export function addUpperTriangle({ upper, d }: Triangle, { data }: Matrix): void {
  let at = 0
  for (let i = 0; i < d; i++) for (let j = i; j < d; j++) upper[at++]! += data[i * d + j]!
}

/** Adds `factor` times another triangle of the same size, in place. */
export function addScaled({ upper }: Triangle, other: Triangle, factor: number): void {
  for (let i = 0; i < upper.length; i++) upper[i]! += factor * other.upper[i]!
}

/** Indices into `upper` of the d values on the diagonal. */
export function diagonalIndices({ d }: Triangle): Uint32Array {
  const found = new Uint32Array(d)
  for (let i = 0, at = 0; i < d; at += d - i, i++) found[i] = at
  return found
}
