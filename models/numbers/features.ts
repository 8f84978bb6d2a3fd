import { type Matrix, paddedColumns } from './matrix.ts'

/**
 * Hellinger map (Arandjelović and Zisserman 2012): the signed square root of each value, then length 1. Better than length 1 alone by 3 to 7
 * points of accuracy here.
 * @param rows n feature vectors of d values @returns n x d, padded
 */
export function normalize(rows: Float32Array[]): Matrix {
  const columns = paddedColumns(rows[0]!.length)
  const data = new Float32Array(rows.length * columns)
  rows.forEach((row, r) => {
    const scale = hellingerScale(row)
    for (let i = 0; i < row.length; i++) data[r * columns + i] = scale * signedRoot(row[i]!)
  })
  return { data, rows: rows.length, columns }
}

/** Mean of normalised vectors of d values each, one or more: d values, padded. */
export function meanFeatures(vectors: Float32Array[]): Float32Array {
  const { data, rows, columns } = normalize(vectors)
  const mean = new Float32Array(columns)
  for (let i = 0; i < data.length; i++) mean[i % columns]! += data[i]! / rows
  return mean
}

/** Factor that brings the signed roots of a vector to length 1; 0 for a vector of zeros. */
export function hellingerScale(row: Float32Array): number {
  let sum = 0
  for (let i = 0; i < row.length; i++) sum += Math.abs(row[i]!)
  return sum > 0 ? 1 / Math.sqrt(sum) : 0
}

export const signedRoot = (v: number): number => (v < 0 ? -Math.sqrt(-v) : Math.sqrt(v))

/** Mean of at least one vector, all of d values. A single one is returned as it is, not copied. */
export function average(vectors: Float32Array[]): Float32Array {
  if (vectors.length === 1) return vectors[0]!
  const mean = new Float32Array(vectors[0]!.length)
  for (const v of vectors) for (let i = 0; i < mean.length; i++) mean[i]! += v[i]! / vectors.length
  return mean
}

/** (x - mean) * scale, applied to each row. */
export type Centring = { mean: Float32Array; scale: number }

/** A centred and scaled copy of x. */
export function centre(x: Matrix, { mean, scale }: Centring): Matrix {
  const data = new Float32Array(x.data.length)
  for (let r = 0; r < x.rows; r++)
    for (let i = 0; i < x.columns; i++) data[r * x.columns + i] = (x.data[r * x.columns + i]! - mean[i]!) * scale
  return { ...x, data }
}

/**
 * A picture's features of several backbones as one vector, in their order.
 * @returns each vector padded with zeros to a multiple of 8 values
 */
export function joinFeatures(vectors: Float32Array[]): Float32Array {
  if (vectors.length === 1) return vectors[0]!
  const joined = new Float32Array(vectors.reduce((sum, v) => sum + paddedColumns(v.length), 0))
  let at = 0
  for (const vector of vectors) {
    joined.set(vector, at)
    at += paddedColumns(vector.length)
  }
  return joined
}

/** The parts of vectors of `joinFeatures`, by backbone. @param columns padded values of each backbone */
export function splitFeatures(joined: Float32Array[], columns: number[]): Float32Array[][] {
  let at = 0
  return columns.map((count) => {
    const start = at
    at += count
    return joined.map((vector) => vector.subarray(start, start + count))
  })
}
