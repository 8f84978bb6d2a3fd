import { BIN_SIZE } from './histogram.ts'

/** What limits the growth of a tree. */
export type Growth = {
  /** Leaves at most. */
  leaves: number
  /** Ridge on the value of a leaf. */
  l2: number
  /** Rows, and the sum of second derivatives, that a leaf has at least. */
  leastRows: number
  leastHessian: number
}

/** Rows go left whose bin in that column is at most this one. `gain`: by how much twice the second-order loss falls. */
export type Split = { gain: number; column: number; bin: number }

/** A smaller gain is a rounding error. */
const LEAST_GAIN = 1e-9

/** A node: its rows, the sums of their derivatives, and its histogram (`fillHistogram`). */
type Node = { count: number; g: number; h: number; histogram: Float64Array }

/** @param columns those of the histogram @param edges by column, how many bins but the last */
export function findBestSplit(
  { count, g, h, histogram }: Node,
  { columns, edges, width }: { columns: Uint32Array; edges: Float32Array[]; width: number },
  { l2, leastRows, leastHessian }: Growth,
): Split | undefined {
  if (count < 2 * leastRows) return undefined
  const whole = (g * g) / (h + l2)
  let [bestGain, bestColumn, bestBin] = [LEAST_GAIN, -1, 0]
  for (let k = 0; k < columns.length; k++) {
    const column = columns[k]!
    const bins = edges[column]!.length
    const start = k * width
    // No destructuring here: its arrays kept the garbage collector busy for two fifths of a training.
    let gl = 0
    let hl = 0
    let nl = 0
    for (let b = 0; b < bins; b++) {
      const at = start + b * BIN_SIZE
      gl += histogram[at]!
      hl += histogram[at + 1]!
      nl += histogram[at + 2]!
      const gr = g - gl
      const hr = h - hl
      if (nl < leastRows || hl < leastHessian) continue
      if (count - nl < leastRows || hr < leastHessian) break
      const gain = (gl * gl) / (hl + l2) + (gr * gr) / (hr + l2) - whole
      if (gain > bestGain) {
        bestGain = gain
        bestColumn = column
        bestBin = b
      }
    }
  }
  return bestColumn < 0 ? undefined : { gain: bestGain, column: bestColumn, bin: bestBin }
}
