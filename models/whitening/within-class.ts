import { kernels, type Matrix } from '../kernels/kernels.ts'
import { discard } from '../numbers/discard.ts'
import { normalise } from '../numbers/features.ts'
import { classMeans, inParts, meanOfRows, type Rows, takeRows } from '../numbers/rows.ts'
import { addTimes, addUpper, emptyTriangle, type Triangle, upperOf } from '../numbers/triangle.ts'

/** How pictures of one thing differ: a sum of second moments, d x d, at any scale, and the examples that it counts for. */
export type Covariance = { terms: Term[]; degrees: number }
/** `own`: nobody else needs it. */
type Term = { moment: Triangle; times: number; own?: boolean }

/** Features of several views of one picture, and the row that it has among the examples. */
export type Views = { row: number; views: Float32Array[] }

/** Degrees of freedom that views of some of the pictures count for. */
const VIEW_DEGREES = 100
export const ofViewsAlone = (terms: Term[]): Covariance => ({ terms, degrees: VIEW_DEGREES })

/**
 * Covariances within labels and within pictures for all examples or all but a fold's, from moments that are summed once: a
 * fold costs a subtraction.
 */
export class Within {
  private readonly x: Rows
  private readonly y: Uint32Array
  private readonly classes: number
  private readonly folds: Uint8Array
  private readonly leftOut: Uint8Array
  private readonly unsure: Uint8Array
  private readonly views: Views[]
  /** What all is centred on: differences of large numbers lose digits. */
  private readonly mean: Float32Array
  /** Second moment of all rows, and of some folds' alone; of the views of all pictures around their means. */
  private readonly whole: Triangle
  private readonly parts = new Map<number, Triangle>()
  private readonly ofViews: Triangle | null

  /**
   * @param x n x d @param folds of each row @param leftOut 1 for rows that count nowhere @param unsure 1 for those and for rows that say
   * nothing about how pictures of their label differ @param wanted the folds that will be asked for
   */
  constructor(
    x: Rows,
    y: Uint32Array,
    classes: number,
    { folds, leftOut, unsure }: { folds: Uint8Array; leftOut: Uint8Array; unsure: Uint8Array },
    wanted: number[],
    views: Views[],
  ) {
    this.x = x
    this.y = y
    this.classes = classes
    this.folds = folds
    this.leftOut = leftOut
    this.unsure = unsure
    this.views = views
    this.mean = meanOfRows(
      x,
      this.sure(() => true),
    )
    this.whole = emptyTriangle(x.columns)
    // Always in this order, so that every thread has the same sum to the bit.
    for (const f of [...new Set(folds)].sort((a, b) => a - b)) {
      const part = emptyTriangle(x.columns)
      this.addMoment(
        part,
        this.sure((fold) => fold === f),
      )
      addTimes(this.whole, part, 1)
      if (wanted.includes(f)) this.parts.set(f, part)
      else discard(part.upper)
    }
    this.ofViews = viewCovariance(views.map((v) => v.views))
  }

  /** Rows of x that count, and whose fold is as asked. */
  rows(keep: (fold: number) => boolean): number[] {
    const found: number[] = []
    for (let r = 0; r < this.x.rows; r++) if (!this.leftOut[r] && keep(this.folds[r]!)) found.push(r)
    return found
  }

  /** Rows of a fold that count nowhere. */
  leftOutOf(fold: number): number[] {
    return [...this.folds.keys()].filter((r) => this.leftOut[r] && this.folds[r] === fold)
  }

  /** Of all folds but one; of all where it is null. */
  without(fold: number | null): Covariance[] {
    const inside = this.sure((f) => f !== fold)
    const d = this.x.columns
    const { means, counts } = classMeans(this.x, this.y, this.classes, { only: inside, less: this.mean })
    // Times the root of their counts: their moment is what the means hold of the whole.
    for (let c = 0; c < counts.length; c++) for (let i = 0; i < d; i++) means.data[c * d + i]! *= Math.sqrt(counts[c]!)
    const present = counts.filter((n) => n > 0).length
    const left = fold === null ? [] : [minus(this.parts.get(fold)!)]
    const between = secondMoment(means)
    const terms = [plus(this.whole), ...left, { ...minus(between), own: true }]
    return [{ terms, degrees: inside.length - present }, ...this.viewsWithout(fold)]
  }

  private sure(keep: (fold: number) => boolean): number[] {
    return this.rows(keep).filter((r) => !this.unsure[r])
  }

  private viewsWithout(fold: number | null): Covariance[] {
    const left = this.views.filter((v) => this.folds[v.row] === fold)
    if (!this.ofViews || left.length === this.views.length) return []
    const out = viewCovariance(left.map((v) => v.views))
    return [ofViewsAlone([plus(this.ofViews), ...(out ? [{ ...minus(out), own: true }] : [])])]
  }

  private addMoment(to: Triangle, indices: number[]): void {
    for (const { part } of inParts(indices, to.d)) {
      const rows = takeRows(this.x, part, this.mean)
      const moment = kernels().secondMoment(rows)
      addUpper(to, moment)
      discard(rows.data, moment.data)
    }
  }
}

const plus = (moment: Triangle): Term => ({ moment, times: 1 })
const minus = (moment: Triangle): Term => ({ moment, times: -1 })

/** How views of one picture differ: covariance of normalised features around each picture's mean, unscaled. Null: no views. */
export function viewCovariance(pictures: Float32Array[][]): Triangle | null {
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
  return secondMoment(x)
}

/** X'X; the rows are freed. */
function secondMoment(x: Matrix): Triangle {
  const square = kernels().secondMoment(x)
  const moment = upperOf(square)
  discard(x.data, square.data)
  return moment
}
