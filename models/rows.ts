import { hellingerScale, padded, signedRoot } from './features.ts'
import type { Matrix } from './kernels/kernels.ts'
import { sharedBytes } from './kernels/memory.ts'

/**
 * n normalised feature vectors in 16 bits, row by row, each padded with zeros to a multiple of 8 columns: half the memory of floats, and
 * the error (1.5e-5) is a thousandth of a usual value.
 */
export type Rows = { data: Int16Array; rows: number; columns: number }

/** What 1 is kept as. */
const SCALE = 32_767
/** Values that are worked on at once: a megabyte or two. */
const AT_ONCE = 400_000

/** Room for n vectors of d values, in memory that every thread sees. */
export function makeRows(n: number, d: number): Rows {
  const columns = padded(d)
  return { data: new Int16Array(sharedBytes(n * columns * 2), 0, n * columns), rows: n, columns }
}

/** Normalises a vector of features of a network into row r. */
export function setRow({ data, columns }: Rows, r: number, vector: Float32Array): void {
  const scale = SCALE * hellingerScale(vector)
  for (let i = 0, at = r * columns; i < vector.length; i++) data[at + i] = Math.round(scale * signedRoot(vector[i]!))
}

/** Vectors of d values each, normalised. */
export function packRows(vectors: Float32Array[]): Rows {
  const rows = makeRows(vectors.length, vectors[0]!.length)
  vectors.forEach((vector, r) => {
    setRow(rows, r, vector)
  })
  return rows
}

/** Rows by index, as floats, less a vector where one is given. */
export function takeRows({ data, columns }: Rows, indices: ArrayLike<number>, less?: Float32Array): Matrix {
  const to = new Float32Array(indices.length * columns)
  for (let r = 0; r < indices.length; r++)
    for (let i = 0, at = r * columns, from = indices[r]! * columns; i < columns; i++)
      to[at + i] = data[from + i]! / SCALE - (less ? less[i]! : 0)
  return { data: to, rows: indices.length, columns }
}

/** Indices in parts that are worked on one after the other, with where each begins. */
export function* inParts(indices: number[], columns: number): Generator<{ part: number[]; start: number }> {
  const step = Math.max(8, Math.floor(AT_ONCE / columns))
  for (let start = 0; start < indices.length; start += step) yield { part: indices.slice(start, start + step), start }
}

/** Mean of some rows. */
export function meanOfRows({ data, columns }: Rows, indices: number[]): Float32Array {
  const sum = new Float64Array(columns)
  for (const r of indices) for (let i = 0; i < columns; i++) sum[i]! += data[r * columns + i]!
  return Float32Array.from(sum, (s) => s / SCALE / Math.max(1, indices.length))
}

/** Mean of the rows of each class less a vector, classes x d, and how many each has. @param y class of each index */
export function classMeansOfRows(rows: Rows, indices: number[], y: Uint32Array, classes: number, less: Float32Array) {
  const { data, columns: d } = rows
  const sums = new Float32Array(classes * d)
  const counts = new Uint32Array(classes)
  indices.forEach((r, at) => {
    const c = y[at]!
    counts[c]! += 1
    for (let i = 0; i < d; i++) sums[c * d + i]! += data[r * d + i]! / SCALE - less[i]!
  })
  for (let c = 0; c < classes; c++) for (let i = 0; i < d; i++) sums[c * d + i]! /= Math.max(1, counts[c]!)
  return { means: { data: sums, rows: classes, columns: d }, counts }
}
