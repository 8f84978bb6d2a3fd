/** Row-major matrix of 32-bit floats: `data[row * columns + column]`. The kernels need `columns` to be a multiple of 8. */
export type Matrix = { data: Float32Array; rows: number; columns: number }

/** Columns of a vector of d values once it is padded with zeros to the multiple of 8 that the kernels need. */
export const paddedColumns = (d: number): number => (d + 7) & ~7

/** Copies rows of x, in the order of the indices: indices.length x columns. */
export function selectRows({ data, columns }: Matrix, indices: ArrayLike<number>): Matrix {
  const to = new Float32Array(indices.length * columns)
  for (let r = 0; r < indices.length; r++)
    to.set(data.subarray(indices[r]! * columns, (indices[r]! + 1) * columns), r * columns)
  return { data: to, rows: indices.length, columns }
}

/** Copies matrices into one, the first on top. @param columns of each of them */
export function stackRows(parts: Matrix[], columns: number): Matrix {
  const data = new Float32Array(parts.reduce((sum, p) => sum + p.data.length, 0))
  let at = 0
  for (const p of parts) {
    data.set(p.data, at)
    at += p.data.length
  }
  return { data, rows: data.length / columns, columns }
}

/** Values of the transposed matrix, columns x rows. */
export function transpose({ data, rows, columns }: Matrix): Float32Array {
  const to = new Float32Array(data.length)
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) to[c * rows + r] = data[r * columns + c]!
  return to
}

/** Squared Euclidean norm of a row. */
export function squaredNorm({ data, columns }: Matrix, row: number): number {
  let sum = 0
  for (let i = row * columns, end = i + columns; i < end; i++) sum += data[i]! * data[i]!
  return sum
}

/** Factor that brings a row to length 1; 0 for a row of zeros. */
export function unitScale(x: Matrix, row: number): number {
  const square = squaredNorm(x, row)
  return square > 0 ? 1 / Math.sqrt(square) : 0
}

/** A copy with rows of length 1; rows of zeros stay zeros. */
export function unitRows(x: Matrix): Matrix {
  const data = x.data.slice()
  for (let r = 0; r < x.rows; r++) {
    const scale = unitScale(x, r)
    for (let i = r * x.columns; i < (r + 1) * x.columns; i++) data[i]! *= scale
  }
  return { ...x, data }
}

/** Matrices of as many rows side by side, each value times a factor; a single one is returned as it is. */
export function joinColumns(parts: Matrix[], factor: number): Matrix {
  const [first] = parts as [Matrix, ...Matrix[]]
  if (parts.length === 1) return first
  const columns = parts.reduce((sum, p) => sum + p.columns, 0)
  const data = new Float32Array(first.rows * columns)
  let start = 0
  for (const part of parts) {
    for (let r = 0; r < part.rows; r++)
      for (let i = 0; i < part.columns; i++) data[r * columns + start + i] = factor * part.data[r * part.columns + i]!
    start += part.columns
  }
  return { data, rows: first.rows, columns }
}
