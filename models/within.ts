import { classMeans, normalise, select } from './features.ts'
import { kernels, type Matrix } from './kernels/kernels.ts'

/** How pictures of one thing differ: d x d at any scale, and the examples that it counts for. */
export type Covariance = { matrix: Matrix; degrees: number }

/** Features of several views of one picture, and the row that it has among the examples. */
export type Views = { row: number; views: Float32Array[] }

/** Degrees of freedom that views of some of the pictures count for. */
const VIEW_DEGREES = 100

/**
 * Covariances within labels and within pictures for all examples or all but a fold's, from moments that are summed once: a
 * fold costs a subtraction.
 */
export class Within {
  private readonly x: Matrix
  private readonly y: Uint32Array
  private readonly classes: number
  private readonly folds: Uint8Array
  /** Second moment of the rows; of the views of pictures around their mean. */
  private readonly moments: Moments
  private readonly views: Moments

  /** @param x n x d, centred (differences of large numbers lose digits) @param folds of each row, 0 to foldCount - 1 */
  constructor(x: Matrix, y: Uint32Array, classes: number, folds: Uint8Array, foldCount: number, views: Views[]) {
    this.x = x
    this.y = y
    this.classes = classes
    this.folds = folds
    const all = Array.from({ length: foldCount }, (_, f) => f)
    const inFold = (f: number): number[] => this.rows((fold) => fold === f)
    this.moments = summed(all.map((f) => kernels().secondMoment(select(x, inFold(f)))))
    this.views = summed(all.map((f) => viewCovariance(views.filter((v) => folds[v.row] === f).map((v) => v.views))))
  }

  /** Rows of x whose fold is as asked. */
  rows(keep: (fold: number) => boolean): number[] {
    return Array.from({ length: this.x.rows }, (_, r) => r).filter((r) => keep(this.folds[r]!))
  }

  /** Of all folds but one; of all where it is null. */
  without(fold: number | null): Covariance[] {
    const inside = this.rows((f) => f !== fold)
    const d = this.x.columns
    const whole = without(this.moments, fold)!
    const y = Uint32Array.from(inside, (i) => this.y[i]!)
    const { means, counts } = countedMeans(select(this.x, inside), y, this.classes)
    subtract(whole, kernels().secondMoment(means).data)
    const present = counts.filter((n) => n > 0).length
    const views = without(this.views, fold)
    return [
      { matrix: { data: whole, rows: d, columns: d }, degrees: inside.length - present },
      ...(views ? [{ matrix: { data: views, rows: d, columns: d }, degrees: VIEW_DEGREES }] : []),
    ]
  }
}

/** By fold, and all together; null where there is nothing. */
type Moments = { parts: (Matrix | null)[]; sum: Float32Array | null }

function summed(parts: (Matrix | null)[]): Moments {
  const some = parts.filter((p) => p !== null)
  if (some.length === 0) return { parts, sum: null }
  const sum = some[0]!.data.slice()
  for (const { data } of some.slice(1)) for (let i = 0; i < sum.length; i++) sum[i]! += data[i]!
  return { parts, sum }
}

/** Null where all of it is in the fold. */
function without({ parts, sum }: Moments, fold: number | null): Float32Array | null {
  if (!sum || !parts.some((p, f) => p && f !== fold)) return null
  const rest = sum.slice()
  const left = fold === null ? null : parts[fold]
  if (left) subtract(rest, left.data)
  return rest
}

function subtract(from: Float32Array, data: Float32Array): void {
  for (let i = 0; i < from.length; i++) from[i]! -= data[i]!
}

/** Means of the classes times the root of their counts: their moment is what the means hold of the whole. */
function countedMeans(x: Matrix, y: Uint32Array, classes: number) {
  const counts = new Uint32Array(classes)
  for (const c of y) counts[c]! += 1
  const means = classMeans(x, y, classes)
  const d = x.columns
  for (let c = 0; c < classes; c++) for (let i = 0; i < d; i++) means.data[c * d + i]! *= Math.sqrt(counts[c]!)
  return { means, counts }
}

/** How views of one picture differ: covariance of normalised features around each picture's mean, unscaled. Null: no views. */
export function viewCovariance(pictures: Float32Array[][]): Matrix | null {
  if (pictures.length === 0) return null
  const x = normalise(pictures.flat())
  const d = x.columns
  let r = 0
  for (const views of pictures) {
    const from = r * d
    for (let i = 0; i < d; i++) {
      let mean = 0
      for (let v = 0; v < views.length; v++) mean += x.data[from + v * d + i]! / views.length
      for (let v = 0; v < views.length; v++) x.data[from + v * d + i]! -= mean
    }
    r += views.length
  }
  return kernels().secondMoment(x)
}
