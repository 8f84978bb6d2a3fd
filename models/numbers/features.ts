import type { Matrix } from '../kernels/kernels.ts'

/** Rows padded with zeros to a multiple of 8 columns, as the kernels ask. */
export const padded = (d: number): number => (d + 7) & ~7

/** Square root, then L2: the Hellinger map. Beats plain L2 by 3 to 7 points here. rows: n vectors of d values >= 0. */
export function normalise(rows: Float32Array[]): Matrix {
  const columns = padded(rows[0]!.length)
  const data = new Float32Array(rows.length * columns)
  rows.forEach((row, r) => {
    const scale = hellingerScale(row)
    for (let i = 0; i < row.length; i++) data[r * columns + i] = scale * signedRoot(row[i]!)
  })
  return { data, rows: rows.length, columns }
}

/** What the roots of a vector are multiplied by. */
export function hellingerScale(row: Float32Array): number {
  let sum = 0
  for (let i = 0; i < row.length; i++) sum += Math.abs(row[i]!)
  return sum > 0 ? 1 / Math.sqrt(sum) : 0
}

export const signedRoot = (v: number): number => (v < 0 ? -Math.sqrt(-v) : Math.sqrt(v))

/** Mean of vectors of d values each. */
export function average(vectors: Float32Array[]): Float32Array {
  if (vectors.length === 1) return vectors[0]!
  const mean = new Float32Array(vectors[0]!.length)
  for (const v of vectors) for (let i = 0; i < mean.length; i++) mean[i]! += v[i]! / vectors.length
  return mean
}

/** What turns normalised features into what a head sees: (x - mean) * scale. */
export type Centring = { mean: Float32Array; scale: number }

export function centre(x: Matrix, { mean, scale }: Centring): Matrix {
  const data = new Float32Array(x.data.length)
  for (let r = 0; r < x.rows; r++)
    for (let i = 0; i < x.columns; i++) data[r * x.columns + i] = (x.data[r * x.columns + i]! - mean[i]!) * scale
  return { ...x, data }
}

/** Rows of x by index. */
export function select({ data, columns }: Matrix, indices: ArrayLike<number>): Matrix {
  const to = new Float32Array(indices.length * columns)
  for (let r = 0; r < indices.length; r++)
    to.set(data.subarray(indices[r]! * columns, (indices[r]! + 1) * columns), r * columns)
  return { data: to, rows: indices.length, columns }
}

/** One below the other; all of these columns. */
export function stacked(parts: Matrix[], columns: number): Matrix {
  const data = new Float32Array(parts.reduce((sum, p) => sum + p.data.length, 0))
  let at = 0
  for (const p of parts) {
    data.set(p.data, at)
    at += p.data.length
  }
  return { data, rows: data.length / columns, columns }
}
