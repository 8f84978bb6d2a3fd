import { kernels, type Matrix } from '../kernels/kernels.ts'
import { plainKernels } from '../kernels/plain.ts'
import { discard } from './discard.ts'
import { indicesOf, inParts, type Rows, takeRows } from './rows.ts'

/**
 * X W' : x is n x d, w is classes x d; n x classes. @param unit as if rows of x had length 1 (zeros stay zeros)
 */
export function product(x: Matrix, w: Matrix, unit = false): Matrix {
  // The SIMD module copies both, which pays from a few rows up.
  const made = (x.rows < 8 ? plainKernels : kernels()).product(x, w)
  if (!unit) return made
  for (let r = 0; r < x.rows; r++) {
    const scale = unitScale(x, r)
    for (let c = 0; c < made.columns; c++) made.data[r * made.columns + c]! *= scale
  }
  return made
}

/** The same for rows in 16 bits. */
export function productOfRows(x: Rows, w: Matrix): Matrix {
  const data = new Float32Array(x.rows * w.rows)
  for (const { part, start } of inParts(indicesOf(x), x.columns)) {
    const some = takeRows(x, part)
    const made = product(some, w)
    data.set(made.data, start * w.rows)
    discard(some.data, made.data)
  }
  return { data, rows: x.rows, columns: w.rows }
}

/** Square norm of a row. */
export function squareOf({ data, columns }: Matrix, row: number): number {
  let sum = 0
  for (let i = row * columns, end = i + columns; i < end; i++) sum += data[i]! * data[i]!
  return sum
}

/** What makes a row's length 1; 0 where it is nothing but zeros. */
function unitScale(x: Matrix, row: number): number {
  const square = squareOf(x, row)
  return square > 0 ? 1 / Math.sqrt(square) : 0
}

/** Rows of length 1; zeros stay zeros. */
export function unitRows(x: Matrix): Matrix {
  const data = x.data.slice()
  for (let r = 0; r < x.rows; r++) {
    const scale = unitScale(x, r)
    for (let i = r * x.columns; i < (r + 1) * x.columns; i++) data[i]! *= scale
  }
  return { ...x, data }
}

/** Values of the transposed matrix, columns x rows. */
export function transpose({ data, rows, columns }: Matrix): Float32Array {
  const to = new Float32Array(data.length)
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) to[c * rows + r] = data[r * columns + c]!
  return to
}
