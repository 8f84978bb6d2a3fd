import { hellingerScale, signedRoot } from './features.ts'
import { type Matrix, paddedColumns } from './matrix.ts'
import { allocateShared } from './memory.ts'

/**
 * n vectors in 16 bits: value = `data[row * columns + column] * scales[row]`, each row padded with zeros to a multiple of 8 columns. Half the
 * memory of floats; the error is about a thousandth of a usual value.
 */
export type Rows = { data: Int16Array; scales: Float32Array; rows: number; columns: number }

/** The integer that 1 becomes in vectors of length 1: the largest in 16 bits. */
const LARGEST_INT16 = 32_767
/** Values that `inParts` has worked on at once: a megabyte or two, about what a processor's cache holds. */
const VALUES_PER_PART = 400_000
/** Rows of a part at least, however wide they are. */
const MIN_ROWS_PER_PART = 8

/** Room for n vectors of length 1 with d values, zeroed, in memory that every thread can see. */
export function makeRows(n: number, d: number): Rows {
  const columns = paddedColumns(d)
  const made = viewRows(allocateShared(bytesOfRows(n, columns)), { from: 0, rows: n, columns })
  made.scales.fill(1 / LARGEST_INT16)
  return made
}

export const bytesOfRows = (rows: number, columns: number): number => rows * (columns * 2 + 4)

/** Rows that lie in a buffer from byte `from` on, a multiple of 4: first all integers, then all scales. */
export function viewRows(
  buffer: ArrayBufferLike,
  { from, rows, columns }: { from: number; rows: number; columns: number },
): Rows {
  const data = new Int16Array(buffer, from, rows * columns)
  return { data, scales: new Float32Array(buffer, from + data.byteLength, rows), rows, columns }
}

/** Writes a feature vector, normalized (`normalize`), into row r of `makeRows`. */
export function setRow({ data, columns }: Rows, r: number, vector: Float32Array): void {
  const scale = LARGEST_INT16 * hellingerScale(vector)
  for (let i = 0, at = r * columns; i < vector.length; i++) data[at + i] = Math.round(scale * signedRoot(vector[i]!))
}

/** Feature vectors of d values each, normalized. */
export function packRows(vectors: Float32Array[]): Rows {
  const rows = makeRows(vectors.length, vectors[0]!.length)
  vectors.forEach((vector, r) => {
    setRow(rows, r, vector)
  })
  return rows
}

/** Rows by index as floats, less a vector where one is given: indices.length x columns. */
export function takeRows({ data, scales, columns }: Rows, indices: ArrayLike<number>, less?: Float32Array): Matrix {
  const to = new Float32Array(indices.length * columns)
  for (let r = 0; r < indices.length; r++) {
    const scale = scales[indices[r]!]!
    for (let i = 0, at = r * columns, from = indices[r]! * columns; i < columns; i++)
      to[at + i] = data[from + i]! * scale - (less ? less[i]! : 0)
  }
  return { data: to, rows: indices.length, columns }
}

/** All rows as floats. */
export const allRows = (x: Rows): Matrix => takeRows(x, indicesOf(x))

/** 0 to rows - 1. */
export const indicesOf = ({ rows }: Rows): number[] => Array.from({ length: rows }, (_, r) => r)

/** Splits indices into parts to be worked on one after the other, each with the position of its first index. */
export function* inParts(indices: number[], columns: number): Generator<{ part: number[]; start: number }> {
  const step = Math.max(MIN_ROWS_PER_PART, Math.floor(VALUES_PER_PART / columns))
  for (let start = 0; start < indices.length; start += step) yield { part: indices.slice(start, start + step), start }
}

/** Mean of some rows; zeros for none. */
export function meanOfRows({ data, scales, columns }: Rows, indices: number[]): Float32Array {
  const sum = new Float64Array(columns)
  for (const r of indices) {
    const scale = scales[r]!
    for (let i = 0; i < columns; i++) sum[i]! += data[r * columns + i]! * scale
  }
  return Float32Array.from(sum, (s) => s / Math.max(1, indices.length))
}

type ClassMeansOptions = {
  /** Weight of every row; 1 each by default. */
  weights?: Float32Array
  /** The rows that count; all by default. */
  only?: Iterable<number>
  /** A vector that is subtracted from each row. */
  less?: Float32Array
}

/** Mean of the rows of each class, classes x d, and the sum of the weights of each class. @param y class of every row */
export function classMeans(
  { data, scales, columns: d }: Rows,
  y: Uint32Array,
  classes: number,
  { weights, only = y.keys(), less = new Float32Array(d) }: ClassMeansOptions = {},
) {
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

/** Scales each row to length 1, in place; rows of zeros stay zeros. */
export function toUnitRows(x: Rows): void {
  for (let r = 0; r < x.rows; r++) {
    const square = squaredNormOfRow(x, r)
    if (square > 0) x.scales[r]! /= Math.sqrt(square)
  }
}

/** Dot product of two rows. */
export function dotOfRows({ data, scales, columns: d }: Rows, a: number, b: number): number {
  let sum = 0
  for (let i = a * d, j = b * d, end = i + d; i < end; i++, j++) sum += data[i]! * data[j]!
  return sum * scales[a]! * scales[b]!
}

export const squaredNormOfRow = (x: Rows, r: number): number => dotOfRows(x, r, r)
