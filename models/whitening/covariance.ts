import { kernels } from '../kernels/kernels.ts'
import { normalize } from '../numbers/features.ts'
import type { Matrix } from '../numbers/matrix.ts'
import { freeArrays } from '../numbers/memory.ts'
import { diagonalIndices, type Triangle, upperTriangleOf } from '../numbers/triangle.ts'

/**
 * How pictures of one thing differ: a weighted sum of second moments, d x d, at any scale.
 * `degrees`: degrees of freedom, the number of independent examples that the estimate is worth.
 */
export type Covariance = { terms: Term[]; degrees: number }

/** `temporary`: nobody else needs the moment, so `Whitening.fit` frees it. */
export type Term = { moment: Triangle; factor: number; temporary?: boolean }

/** Feature vectors of several views of one picture, and the row of the picture among the examples. */
export type PictureViews = { row: number; views: Float32Array[] }

/** Degrees of freedom that the prior of a backbone, and the views of this dataset's pictures, count for. */
const PRIOR_DEGREES = 100
const VIEW_DEGREES = 100

/** @param moment of `readPrior` */
export const priorCovariance = (moment: Triangle): Covariance => ({
  terms: [{ moment, factor: 1 }],
  degrees: PRIOR_DEGREES,
})

/** @param terms sums of `viewCovariance` */
export const weighViewCovariance = (terms: Term[]): Covariance => ({ terms, degrees: VIEW_DEGREES })

/**
 * Covariance of the normalized features of views around the mean of their picture, summed over all views and not scaled, d x d (padded).
 * Null without pictures.
 * @param pictures the feature vectors of the views of each picture
 */
export function viewCovariance(pictures: Float32Array[][]): Triangle | null {
  if (pictures.length === 0) return null
  const x = normalize(pictures.flat())
  const d = x.columns
  let first = 0
  for (const { length: n } of pictures) {
    const from = first * d
    for (let i = 0; i < d; i++) {
      let mean = 0
      for (let v = 0; v < n; v++) mean += x.data[from + v * d + i]! / n
      for (let v = 0; v < n; v++) x.data[from + v * d + i]! -= mean
    }
    first += n
  }
  return takeSecondMoment(x)
}

/** X'X, after which x is freed. */
export function takeSecondMoment(x: Matrix): Triangle {
  const square = kernels().secondMoment(x)
  const moment = upperTriangleOf(square)
  freeArrays(x.data, square.data)
  return moment
}

/** Trace of the sum of the terms. */
export function traceOf({ terms }: Covariance): number {
  let sum = 0
  for (const { moment, factor } of terms) for (const i of diagonalIndices(moment)) sum += factor * moment.upper[i]!
  return sum
}
