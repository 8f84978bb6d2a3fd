import { ClassMeansHead } from '../heads/class-means.ts'
import type { FitInput } from '../heads/head.ts'
import type { Matrix } from '../numbers/matrix.ts'
import { seededRandom } from '../random.ts'
import type { LearningCurve } from './measurement.ts'

/** Shares of the training pictures that class means are trained on. */
const SHARES = [1 / 8, 1 / 4, 1 / 2, 3 / 4, 1]
/** Fewer test pictures than this tell nothing. */
const LEAST_TESTED = 20
/** A point is left out where it has more than this share of the next one's pictures: shares of few pictures round to about the same. */
const DISTINCT = 0.9
/** Points that a line is fitted through at least. */
const LEAST_POINTS = 3
/** Doubling the pictures is never said to leave less of the mistakes than this: a line through few points may be too steep. */
const LEAST_HALVING = 0.3

/** By share of the training pictures (`SHARES`): `hits`, right answers; `trained`, pictures a label times pictures `tested`. */
export type LearningCurveCounts = { hits: number[]; trained: number[]; tested: number }

/**
 * Trains class means on growing shares of the rows. All of them use the whitening of all rows, so that fewer pictures look a little
 * better than they would be. @returns counts right answers for rows `z`, m x d, of classes `y`
 */
export function learningCurveCounter(input: FitInput): (z: Matrix, y: Uint32Array) => LearningCurveCounts {
  const shares = SHARES.map((share) => {
    const rows = sampleRows(input, share)
    return { head: ClassMeansHead.fit(input, rows), perLabel: rows.length / input.classes }
  })
  return (z, y) => ({
    hits: shares.map(({ head }) => countHits(head.decisionScores(z), y)),
    trained: shares.map(({ perLabel }) => perLabel * z.rows),
    tested: z.rows,
  })
}

function countHits({ data, rows, columns }: Matrix, y: Uint32Array): number {
  let hits = 0
  for (let r = 0; r < rows; r++) {
    let best = r * columns
    for (let i = best + 1; i < (r + 1) * columns; i++) if (data[i]! > data[best]!) best = i
    hits += Number(best - r * columns === y[r])
  }
  return hits
}

/** A share of each class, at least one row, in a random order that a larger share continues. */
function sampleRows({ y, classes, seed }: FitInput, share: number): number[] {
  const random = seededRandom(seed)
  const order = [...y.keys()].map((i) => ({ i, key: random() })).sort((a, b) => a.key - b.key)
  const counts = new Uint32Array(classes)
  for (const c of y) counts[c]! += 1
  const taken = new Uint32Array(classes)
  return order.flatMap(({ i }) => (taken[y[i]!]!++ < Math.max(1, Math.round(share * counts[y[i]!]!)) ? [i] : []))
}

/** @param folds counts of all folds @returns null where there is too little to tell */
export function summarizeLearningCurve(folds: LearningCurveCounts[]): LearningCurve | null {
  const sum = (of: (fold: LearningCurveCounts) => number): number => folds.reduce((total, fold) => total + of(fold), 0)
  const tested = sum((f) => f.tested)
  if (tested < LEAST_TESTED) return null
  const points = SHARES.map((_, s) => ({
    examples: sum((f) => f.trained[s]!) / tested,
    accuracy: sum((f) => f.hits[s]!) / tested,
  }))
  const isDistinct = (i: number): boolean =>
    i === points.length - 1 || points[i]!.examples < DISTINCT * points[i + 1]!.examples
  const curve = points.filter((_, i) => isDistinct(i))
  return { curve, halving: fitHalving(curve) }
}

/** Mistakes fall as a power of the number of pictures (Hestness et al. 2017): least squares on the logarithms. */
function fitHalving(curve: LearningCurve['curve']): number | null {
  const points = curve
    .filter((p) => p.accuracy < 1)
    .map((p) => [Math.log2(p.examples), Math.log2(1 - p.accuracy)] as const)
  if (points.length < LEAST_POINTS) return null
  const mean = (i: 0 | 1): number => points.reduce((sum, p) => sum + p[i], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const slope =
    points.reduce((sum, p) => sum + (p[0] - x) * (p[1] - y), 0) / points.reduce((sum, p) => sum + (p[0] - x) ** 2, 0)
  return Math.max(LEAST_HALVING, Math.min(1, 2 ** slope))
}
