import type { Matrix } from '../kernels/kernels.ts'
import { sharedBytes } from '../kernels/memory.ts'
import { hellingerScale, padded, signedRoot } from './features.ts'

/**
 * n vectors in 16 bits, row by row, each padded with zeros to a multiple of 8 columns, and what a row's integers are multiplied by: half the
 * memory of floats, and the error is about a thousandth of a usual value.
 */
export type Rows = { data: Int16Array; scales: Float32Array; rows: number; columns: number }

/** What 1 is kept as in normalised vectors. */
const SCALE = 32_767
/** Values that are worked on at once: a megabyte or two. */
const AT_ONCE = 400_000

/** Room for n normalised vectors of d values, in memory that every thread sees. */
export function makeRows(n: number, d: number): Rows {
  const columns = padded(d)
  const made = rowsIn(sharedBytes(bytesOfRows(n, columns)), 0, n, columns)
  made.scales.fill(1 / SCALE)
  return made
}

export const bytesOfRows = (rows: number, columns: number): number => rows * (columns * 2 + 4)

/** As they lie in a memory from an offset on, a multiple of 4: integers, then scales. */
export function rowsIn(buffer: ArrayBufferLike, from: number, rows: number, columns: number): Rows {
  const data = new Int16Array(buffer, from, rows * columns)
  return { data, scales: new Float32Array(buffer, from + data.byteLength, rows), rows, columns }
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
export function takeRows({ data, scales, columns }: Rows, indices: ArrayLike<number>, less?: Float32Array): Matrix {
  const to = new Float32Array(indices.length * columns)
  for (let r = 0; r < indices.length; r++) {
    const scale = scales[indices[r]!]!
    for (let i = 0, at = r * columns, from = indices[r]! * columns; i < columns; i++)
      to[at + i] = data[from + i]! * scale - (less ? less[i]! : 0)
  }
  return { data: to, rows: indices.length, columns }
}

/** All of them, as floats. */
export const allRows = (x: Rows): Matrix => takeRows(x, indicesOf(x))

export const indicesOf = ({ rows }: Rows): number[] => Array.from({ length: rows }, (_, r) => r)

/** Indices in parts that are worked on one after the other, with where each begins. */
export function* inParts(indices: number[], columns: number): Generator<{ part: number[]; start: number }> {
  const step = Math.max(8, Math.floor(AT_ONCE / columns))
  for (let start = 0; start < indices.length; start += step) yield { part: indices.slice(start, start + step), start }
}

/** Mean of some rows. */
export function meanOfRows({ data, scales, columns }: Rows, indices: number[]): Float32Array {
  const sum = new Float64Array(columns)
  for (const r of indices) {
    const scale = scales[r]!
    for (let i = 0; i < columns; i++) sum[i]! += data[r * columns + i]! * scale
  }
  return Float32Array.from(sum, (s) => s / Math.max(1, indices.length))
}

type Some = { weights?: Float32Array; only?: Iterable<number>; less?: Float32Array }

/**
 * Mean of the rows of each class, classes x d, and what each class counts. @param y class of every row @param some `weights`, what each counts:
 * left out, the same; `only` these rows: left out, all; `less` this vector: left out, as they are
 */
export function classMeans({ data, scales, columns: d }: Rows, y: Uint32Array, classes: number, some: Some = {}) {
  const { weights, only = y.keys(), less = new Float32Array(d) } = some
  const sums = new Float32Array(classes * d)
  const counts = new Float64Array(classes)
  for (const r of only) {
    const [c, scale, weight] = [y[r]!, scales[r]!, weights ? weights[r]! : 1]
    counts[c]! += weight
    for (let i = 0, at = c * d, from = r * d; i < d; i++) sums[at + i]! += weight * (data[from + i]! * scale - less[i]!)
  }
  for (let c = 0; c < classes; c++) for (let i = 0; i < d; i++) sums[c * d + i]! /= counts[c]! || 1
  return { means: { data: sums, rows: classes, columns: d } satisfies Matrix, counts }
}

/** Multiplies rows by one number each, so that the length of each is 1; zeros stay zeros. */
export function toUnitRows(x: Rows): void {
  for (let r = 0; r < x.rows; r++) {
    const square = squareOfRow(x, r)
    if (square > 0) x.scales[r]! /= Math.sqrt(square)
  }
}

/** Product of two rows. */
export function dotOfRows({ data, scales, columns: d }: Rows, a: number, b: number): number {
  let sum = 0
  for (let i = a * d, j = b * d, end = i + d; i < end; i++, j++) sum += data[i]! * data[j]!
  return sum * scales[a]! * scales[b]!
}

/** Square norm of a row. */
export const squareOfRow = (x: Rows, r: number): number => dotOfRows(x, r, r)
