import { dotProductsOfRows } from '../kernels/dot-products.ts'
import { type Matrix, squaredNorm } from '../numbers/matrix.ts'
import { allocateLongLived, freeArrays } from '../numbers/memory.ts'
import type { Rows } from '../numbers/rows.ts'

/** Cosines over this behave as log odds, about. */
const TEMPERATURE = 0.15
/** Weight of an out-of-fold log probability beside the log odds of the cosines. */
const OUT_OF_FOLD_WEIGHT = 0.5
/** Probabilities below this count as this: a single sure mistake must not outweigh everything. */
const MIN_PROBABILITY = 1e-6
/** Squared norm of a sum of rows of length 1 below which it holds nothing but rounding. */
const ROUNDING = 1e-9

/**
 * How well each row fits each class. `cosines`: n x classes, to the mean of the class, of the own class without the row and its copies.
 * `others`: pictures in the row's class beside it, copies counted once.
 */
export type LabelFit = { cosines: Matrix; others: Uint32Array }

type LeaveOneOut = {
  /** Rows of length 1 (`embedForSimilarity`). */
  z: Rows
  /** Class of each row, 0 to classes - 1. */
  y: Uint32Array
  classes: number
  /** Group of copies that each row is in; copies are under one label, and count as one picture. */
  group: Uint32Array
  /** 1 for rows that are in no mean; none by default. */
  leftOut?: Uint8Array
  /** Where the cosines are written, n * classes; new memory by default. */
  target?: Float32Array
}

/** Fits class means without training, leaving out each row and its copies in turn. */
export function leaveOneOutFit({
  z,
  y,
  classes,
  group,
  leftOut = new Uint8Array(y.length),
  target = allocateLongLived(y.length * classes),
}: LeaveOneOut): LabelFit {
  const d = z.columns
  const copies = [...Map.groupBy(y.keys(), (r) => group[r]!).values()]
  const inMeans = (rows: number[]): boolean => !rows.some((r) => leftOut[r])
  const sums: Matrix = { data: new Float32Array(classes * d), rows: classes, columns: d }
  const sizes = new Uint32Array(classes)
  for (const rows of copies.filter(inMeans)) {
    const c = y[rows[0]!]!
    sizes[c]! += 1
    addMean(sums.data.subarray(c * d, (c + 1) * d), z, rows)
  }
  const dots = dotProductsOfRows(z, sums)
  const squares = Float64Array.from({ length: classes }, (_, c) => squaredNorm(sums, c))
  const own = new Float64Array(d)
  for (const rows of copies) {
    const c = y[rows[0]!]!
    const sum = sums.data.subarray(c * d, (c + 1) * d)
    own.fill(0)
    if (inMeans(rows)) addMean(own, z, rows)
    const squareWithoutOwn = squares[c]! - 2 * dot(own, sum) + dot(own, own)
    for (const r of rows)
      for (let k = 0; k < classes; k++) {
        let [product, square] = [dots.data[r * classes + k]!, squares[k]!]
        if (k === c) {
          square = squareWithoutOwn
          product -= dot(own, z.data.subarray(r * d, (r + 1) * d)) * z.scales[r]!
        }
        target[r * classes + k] = square > ROUNDING ? product / Math.sqrt(square) : 0
      }
  }
  freeArrays(sums.data, dots.data)
  const cosines = { data: target, rows: y.length, columns: classes }
  return { cosines, others: Uint32Array.from(y, (c) => sizes[c]! - 1) }
}

/** Adds the mean of some rows to a vector of d values. */
function addMean(to: Float32Array | Float64Array, { data, scales, columns: d }: Rows, rows: number[]): void {
  for (const r of rows) {
    const scale = scales[r]! / rows.length
    for (let i = 0; i < d; i++) to[i]! += data[r * d + i]! * scale
  }
}

function dot(a: Float64Array, b: Float64Array | Float32Array | Int16Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

/**
 * Adds what heads say that did not see a row to its cosines, in place.
 * @param rows those that were asked @param probabilities n x classes
 */
export function addOutOfFoldEvidence({ cosines }: LabelFit, rows: number[], probabilities: Matrix): void {
  const { data, columns } = probabilities
  for (const r of rows)
    for (let i = r * columns; i < (r + 1) * columns; i++)
      cosines.data[i]! += OUT_OF_FOLD_WEIGHT * TEMPERATURE * Math.log(Math.max(MIN_PROBABILITY, data[i]!))
}

/**
 * Log odds of a class against all others.
 * @param cosines of `LabelFit` @param ignored a class that counts as if it did not exist
 */
export const classLogOdds =
  ({ data, columns: classes }: Matrix) =>
  (r: number, c: number, ignored = -1): number => {
    let [top, sum] = [-Infinity, 0]
    for (let k = 0; k < classes; k++) if (k !== c && k !== ignored) top = Math.max(top, data[r * classes + k]!)
    for (let k = 0; k < classes; k++)
      if (k !== c && k !== ignored) sum += Math.exp((data[r * classes + k]! - top) / TEMPERATURE)
    return (data[r * classes + c]! - top) / TEMPERATURE - Math.log(sum)
  }

/** The class other than c that row r fits best; -1 where there is no other. */
export function bestOtherClass({ data, columns: classes }: Matrix, r: number, c: number): number {
  let best = -1
  for (let k = 0; k < classes; k++)
    if (k !== c && (best < 0 || data[r * classes + k]! > data[r * classes + best]!)) best = k
  return best
}
