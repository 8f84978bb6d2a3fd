import { kernels, type Matrix } from '../kernels/kernels.ts'
import { plainKernels } from '../kernels/plain.ts'

/** X W' : x is n x d, w is classes x d; n x classes. The SIMD module copies both, which pays from a few rows up. */
export const product = (x: Matrix, w: Matrix): Matrix => (x.rows < 8 ? plainKernels : kernels()).product(x, w)

/** Rows of length 1; zeros stay zeros. */
export function unitRows({ data, rows, columns }: Matrix): Matrix {
  const unit = data.slice()
  for (let r = 0; r < rows; r++) {
    const row = unit.subarray(r * columns, (r + 1) * columns)
    let square = 0
    for (const v of row) square += v * v
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0
    for (let i = 0; i < columns; i++) row[i]! *= scale
  }
  return { data: unit, rows, columns }
}

/** Values of the transposed matrix, columns x rows. */
export function transpose({ data, rows, columns }: Matrix): Float32Array {
  const to = new Float32Array(data.length)
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) to[c * rows + r] = data[r * columns + c]!
  return to
}
