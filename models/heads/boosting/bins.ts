import type { Matrix } from '../../numbers/matrix.ts'

/** Columns in 8-bit bins: what trees are grown on. */
export type Binned = {
  /** columns x rows: bin of each value, one column after the other. */
  bins: Uint8Array
  rows: number
  columns: number
  /** By column: upper edge of each bin but the last, rising. A constant column has none. */
  edges: Float32Array[]
}

/** Rows that the quantiles are taken from; more change them little. */
const SAMPLE = 4096

/** Puts columns into bins of about as many rows each, as LightGBM does (Ke et al. 2017). @param most bins a column at most, 2 to 256 */
export function binColumns(x: Matrix, most: number): Binned {
  const { rows, columns, data } = x
  const bins = new Uint8Array(rows * columns)
  const step = Math.max(1, Math.floor(rows / SAMPLE))
  const sample = new Float32Array(Math.ceil(rows / step))
  const edges: Float32Array[] = []
  for (let c = 0; c < columns; c++) {
    for (let i = 0, r = 0; r < rows; r += step) sample[i++] = data[r * columns + c]!
    const own = edgesOf(sample.slice().sort(), most)
    edges.push(own)
    for (let r = 0; r < rows; r++) bins[c * rows + r] = binOf(own, data[r * columns + c]!)
  }
  return { bins, rows, columns, edges }
}

function edgesOf(sorted: Float32Array, most: number): Float32Array {
  const edges: number[] = []
  for (let b = 1; b < most; b++) {
    const at = Math.floor((b * sorted.length) / most)
    const [below, above] = [sorted[at - 1]!, sorted[at]!]
    const edge = Math.fround((below + above) / 2)
    // Two values that differ in the last bit may have no number between them.
    if (at > 0 && below < above && edge < above && edge > (edges.at(-1) ?? -Infinity)) edges.push(edge)
  }
  return Float32Array.from(edges)
}

/** The first bin whose upper edge is not below the value. */
function binOf(edges: Float32Array, value: number): number {
  let [low, high] = [0, edges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (value <= edges[middle]!) high = middle
    else low = middle + 1
  }
  return low
}
