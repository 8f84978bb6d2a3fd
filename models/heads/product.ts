import { kernels, type Matrix } from '../kernels/kernels.ts'
import { plainKernels } from '../kernels/plain.ts'

/**
 * X W' : x is n x d, w is classes x d; n x classes. @param unit as if rows of x had length 1 (zeros stay zeros)
 */
export function product(x: Matrix, w: Matrix, unit = false): Matrix {
  // The SIMD module copies both, which pays from a few rows up.
  const made = (x.rows < 8 ? plainKernels : kernels()).product(x, w)
  if (!unit) return made
  for (let r = 0; r < x.rows; r++) {
    const square = squareOf(x, r)
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0
    for (let c = 0; c < made.columns; c++) made.data[r * made.columns + c]! *= scale
  }
  return made
}

/** Square norm of a row. */
export function squareOf({ data, columns }: Matrix, row: number): number {
  let sum = 0
  for (let i = row * columns, end = i + columns; i < end; i++) sum += data[i]! * data[i]!
  return sum
}

/** Rows of length 1; zeros stay zeros. */
export function unitRows({ data, rows, columns }: Matrix): Matrix {
  const unit = data.slice()
  for (let r = 0; r < rows; r++) {
    const square = squareOf({ data, rows, columns }, r)
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0
    for (let i = r * columns; i < (r + 1) * columns; i++) unit[i]! *= scale
  }
  return { data: unit, rows, columns }
}

/** Values of the transposed matrix, columns x rows. */
export function transpose({ data, rows, columns }: Matrix): Float32Array {
  const to = new Float32Array(data.length)
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) to[c * rows + r] = data[r * columns + c]!
  return to
}
