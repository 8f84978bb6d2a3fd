import { dotProducts } from '../kernels/dot-products.ts'
import { type Matrix, squaredNorm } from '../numbers/matrix.ts'
import { centreWeights, type OpenSetPoints } from './open-set-points.ts'

/** What tells whether a picture shows a trained label. */
export type OpenSetEvidence = {
  /** The class whose mean has the largest cosine. */
  label: number
  /** The largest cosine to a class mean, -1 to 1. */
  nearness: number
  /** Its lead over the next; with one label, over the opposite. */
  gap: number
  /** The largest cosine to a class mean as seen from pictures of any kind; null where no background or one label is known. */
  fromBackground: number | null
}

/** Keeps a zero vector from dividing by zero. */
const TINY = 1e-12

/** @param cosines of one row to each class mean @param fromBackground the same, as seen from the background */
export function evidenceOf(cosines: Float32Array, fromBackground: Float32Array | null): OpenSetEvidence {
  let [first, second] = [-1, -1]
  for (const v of cosines)
    if (v > first) [first, second] = [v, first]
    else if (v > second) second = v
  if (cosines.length === 1) second = -first
  return {
    label: cosines.indexOf(first),
    nearness: first,
    gap: first - second,
    fromBackground: fromBackground && Math.max(...fromBackground),
  }
}

/** The same with its label by the numbers that those among which it was found have elsewhere. */
export const labelAmong = (labels: number[], evidence: OpenSetEvidence): OpenSetEvidence => ({
  ...evidence,
  label: labels[evidence.label]!,
})

/**
 * Evidence of rows as if their own label had never been trained: without its mean, and without its part in the centre, which would make it
 * less like the others than a stranger is. Two labels must be left or, with a background, one; below, there is no evidence.
 * @param all of what was trained on
 * @returns for rows `test`, m x d, that were not trained on, of classes `own`
 */
export function evidenceWithoutOwnClass(all: OpenSetPoints): (test: Matrix, own: Uint32Array) => OpenSetEvidence[] {
  const { points, counts } = all
  const hasBackground = points.rows > counts.length
  if (counts.length < (hasBackground ? 2 : 3)) return () => []
  return (test, own) => {
    const dots = dotProducts(test, points)
    const seen = new Map<number, (dots: Float32Array, square: number) => OpenSetEvidence>()
    return Array.from({ length: test.rows }, (_, r) => {
      const c = own[r]!
      if (!seen.has(c)) seen.set(c, evidenceFrom(all, c))
      return seen.get(c)!(dots.data.subarray(r * points.rows, (r + 1) * points.rows), squaredNorm(test, r))
    })
  }
}

/** Evidence of a row by its dot products with the points and its square norm, without class c. */
function evidenceFrom(all: OpenSetPoints, c: number): (dots: Float32Array, square: number) => OpenSetEvidence {
  const { points, counts } = all
  const background = counts.length
  const classes = [...counts.keys()].filter((k) => k !== c)
  const named = (evidence: OpenSetEvidence): OpenSetEvidence => labelAmong(classes, evidence)
  const seeFromCentre = cosinesFrom(all, centreWeights(all, c), classes)
  if (points.rows === background || classes.length < 2)
    return (dots, square) => named(evidenceOf(seeFromCentre(dots, square), null))
  const only = new Float64Array(points.rows)
  only[background] = 1
  const seeFromBackground = cosinesFrom(all, only, classes)
  return (dots, square) => named(evidenceOf(seeFromCentre(dots, square), seeFromBackground(dots, square)))
}

/** Cosines of a row to the means of some classes, from a centre that is the weighted sum of the points. */
function cosinesFrom({ points: { rows }, among }: OpenSetPoints, weights: Float64Array, classes: number[]) {
  const withCentre = Float64Array.from({ length: rows }, (_, p) =>
    weights.reduce((sum, w, q) => sum + w * among.data[p * rows + q]!, 0),
  )
  const ofCentre = weights.reduce((sum, w, p) => sum + w * withCentre[p]!, 0)
  const norms = classes.map((k) => among.data[k * rows + k]! - 2 * withCentre[k]! + ofCentre)
  return (dots: Float32Array, square: number): Float32Array => {
    const along = weights.reduce((sum, w, p) => sum + w * dots[p]!, 0)
    const norm = square - 2 * along + ofCentre
    return Float32Array.from(classes, (k, i) => {
      const dot = dots[k]! - along - withCentre[k]! + ofCentre
      return dot / Math.sqrt(Math.max(norm * norms[i]!, TINY))
    })
  }
}
