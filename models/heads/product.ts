import type { Matrix } from '../kernels/kernels.ts'

/** X W' : x is n x d, w is classes x d; n x classes. */
export function product(x: Matrix, w: Matrix): Matrix {
  const d = x.columns
  const data = new Float32Array(x.rows * w.rows)
  for (let r = 0; r < x.rows; r++)
    for (let c = 0; c < w.rows; c++) {
      let sum = 0
      for (let i = 0; i < d; i++) sum += x.data[r * d + i]! * w.data[c * d + i]!
      data[r * w.rows + c] = sum
    }
  return { data, rows: x.rows, columns: w.rows }
}

/** Values of the transposed matrix, columns x rows. */
export function transpose({ data, rows, columns }: Matrix): Float32Array {
  const to = new Float32Array(data.length)
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) to[c * rows + r] = data[r * columns + c]!
  return to
}
