import type { Binned } from './bins.ts'

/** Numbers of each bin: the sums of the first and second derivatives of its rows, and how many rows. */
export const BIN_SIZE = 3

/** Columns that a tree looks at, and by row the first and second derivative of the loss by its score. */
export type Gradients = { columns: Uint32Array; g: Float32Array; h: Float32Array }

/** Adds rows to a histogram of zeros: `width` numbers a column, one column after the other. */
export function fillHistogram(
  histogram: Float64Array,
  rows: Uint32Array,
  { binned, gradients, width }: { binned: Binned; gradients: Gradients; width: number },
): void {
  const { columns, g, h } = gradients
  for (let k = 0; k < columns.length; k++) {
    const start = columns[k]! * binned.rows
    const base = k * width
    for (let i = 0; i < rows.length; i++) {
      const r = rows[i]!
      const at = base + binned.bins[start + r]! * BIN_SIZE
      histogram[at]! += g[r]!
      histogram[at + 1]! += h[r]!
      histogram[at + 2]! += 1
    }
  }
}

/** Sums of the derivatives of all rows of a histogram, by its first column. */
export function totalsOf(histogram: Float64Array, width: number): { g: number; h: number } {
  let [g, h] = [0, 0]
  for (let b = 0; b < width; b += BIN_SIZE) {
    g += histogram[b]!
    h += histogram[b + 1]!
  }
  return { g, h }
}
