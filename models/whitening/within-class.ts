import { kernels } from '../kernels/kernels.ts'
import { freeArrays } from '../numbers/memory.ts'
import { classMeans, inParts, meanOfRows, type Rows, takeRows } from '../numbers/rows.ts'
import { addScaled, addUpperTriangle, emptyTriangle, type Triangle } from '../numbers/triangle.ts'
import {
  type Covariance,
  type PictureViews,
  type Term,
  takeSecondMoment,
  viewCovariance,
  weighViewCovariance,
} from './covariance.ts'

type WithinClassOptions = {
  /** n x d features. */
  x: Rows
  /** Class of each row, 0 to classes - 1. */
  y: Uint32Array
  classes: number
  /** Fold of each row. */
  folds: Uint8Array
  /** 1 for rows that count nowhere. */
  leftOut: Uint8Array
  /** 1 for those, and for rows that do not show how pictures of their label differ (`unreliableRows`). */
  unreliable: Uint8Array
  /** Views of some of the pictures, none of them left out. */
  views: PictureViews[]
  /** The folds that `without` will be asked for. */
  wanted: number[]
}

/**
 * Covariances within labels, and within the views of one picture, of all examples but those of one fold. The second moments are summed once, so
 * that each fold costs a subtraction.
 */
export class WithinClassCovariance {
  private readonly options: WithinClassOptions
  /** What all rows are centred on: without it, subtracting large moments would lose digits. */
  private readonly mean: Float32Array
  /** Second moment of all reliable rows, and of those of each wanted fold. */
  private readonly total: Triangle
  private readonly ofFolds = new Map<number, Triangle>()
  /** Of the views of all pictures. */
  private readonly ofViews: Triangle | null

  constructor(options: WithinClassOptions) {
    this.options = options
    const { x, folds, views, wanted } = options
    this.mean = meanOfRows(x, this.reliableRows())
    this.total = emptyTriangle(x.columns)
    // Always in this order, so that every thread has the same sum to the bit.
    for (const f of [...new Set(folds)].sort((a, b) => a - b)) {
      const moment = this.momentOf(this.reliableRows((fold) => fold === f))
      addScaled(this.total, moment, 1)
      if (wanted.includes(f)) this.ofFolds.set(f, moment)
      else freeArrays(moment.upper)
    }
    this.ofViews = viewCovariance(views.map((v) => v.views))
  }

  /** Rows that are not left out, in the folds that are asked for. */
  rows(keep: (fold: number) => boolean): number[] {
    const { folds, leftOut } = this.options
    return [...folds.keys()].filter((r) => !leftOut[r] && keep(folds[r]!))
  }

  /** Rows of a fold that are left out. */
  leftOutOf(fold: number): number[] {
    const { folds, leftOut } = this.options
    return [...folds.keys()].filter((r) => leftOut[r] && folds[r] === fold)
  }

  /** Covariances of all folds but one; of all folds for null. */
  without(fold: number | null): Covariance[] {
    const { x, y, classes } = this.options
    const inside = this.reliableRows((f) => f !== fold)
    const { means, counts } = classMeans(x, y, classes, { only: inside, less: this.mean })
    // Scaled by the root of their counts, the means have the moment that they hold of the total.
    for (let c = 0; c < classes; c++)
      for (let i = 0; i < x.columns; i++) means.data[c * x.columns + i]! *= Math.sqrt(counts[c]!)
    const present = counts.filter((n) => n > 0).length
    const between = takeSecondMoment(means)
    const terms = [
      plus(this.total),
      ...(fold === null ? [] : [minus(this.ofFolds.get(fold)!)]),
      { ...minus(between), temporary: true },
    ]
    return [{ terms, degrees: inside.length - present }, ...this.viewsWithout(fold)]
  }

  private reliableRows(keep: (fold: number) => boolean = () => true): number[] {
    return this.rows(keep).filter((r) => !this.options.unreliable[r])
  }

  private viewsWithout(fold: number | null): Covariance[] {
    const { folds, views } = this.options
    const ofFold = views.filter((v) => folds[v.row] === fold)
    if (!this.ofViews || ofFold.length === views.length) return []
    const moment = viewCovariance(ofFold.map((v) => v.views))
    const terms = moment ? [plus(this.ofViews), { ...minus(moment), temporary: true }] : [plus(this.ofViews)]
    return [weighViewCovariance(terms)]
  }

  private momentOf(rows: number[]): Triangle {
    const { x } = this.options
    const sum = emptyTriangle(x.columns)
    for (const { part } of inParts(rows, x.columns)) {
      const centred = takeRows(x, part, this.mean)
      const moment = kernels().secondMoment(centred)
      addUpperTriangle(sum, moment)
      freeArrays(centred.data, moment.data)
    }
    return sum
  }
}

const plus = (moment: Triangle): Term => ({ moment, factor: 1 })
const minus = (moment: Triangle): Term => ({ moment, factor: -1 })
