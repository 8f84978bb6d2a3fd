import { ClassMeansHead } from '../heads/class-means.ts'
import type { FitInput } from '../heads/head.ts'
import type { Matrix } from '../kernels/kernels.ts'
import { seededRandom } from '../random.ts'

/** Of a fold, for each share of the pictures: right answers, and pictures a label times pictures asked about. */
export type LearningCurveCounts = { hits: number[]; learned: number[]; asked: number }

/**
 * Class means of some of what is learned from, asked about the rest. The whitening is that of all, so fewer pictures look a little better
 * than they would be. @returns for rows t asked about, of classes `own`
 */
export function learningCurveCounter(lesson: FitInput) {
  const { y, classes, seed } = lesson
  const shares = SHARES.map((share) => {
    const rows = some(y, classes, share, seed)
    return { head: ClassMeansHead.fit(lesson, rows), perLabel: rows.length / classes }
  })
  return (t: Matrix, own: Uint32Array): LearningCurveCounts => ({
    hits: shares.map(({ head }) => hitsOf(head.decisionScores(t), own)),
    learned: shares.map(({ perLabel }) => perLabel * t.rows),
    asked: t.rows,
  })
}

function hitsOf({ data, rows, columns }: Matrix, own: Uint32Array): number {
  let hits = 0
  for (let r = 0; r < rows; r++) {
    let best = r * columns
    for (let i = best + 1; i < (r + 1) * columns; i++) if (data[i]! > data[best]!) best = i
    hits += Number(best - r * columns === own[r])
  }
  return hits
}

/** Null where there is too little to tell. */
export function summarizeLearningCurve(folds: LearningCurveCounts[]): LearningSummary | null {
  const sum = (of: (fold: LearningCurveCounts) => number): number => folds.reduce((total, fold) => total + of(fold), 0)
  const asked = sum((f) => f.asked)
  if (asked < LEAST) return null
  const points = SHARES.map((_, s) => ({
    examples: sum((f) => f.learned[s]!) / asked,
    accuracy: sum((f) => f.hits[s]!) / asked,
  }))
  // A share of few pictures rounds up to the same number.
  const curve = points.filter((p, i) => i === points.length - 1 || p.examples < 0.9 * points[i + 1]!.examples)
  return { curve, halving: halving(curve) }
}

export type LearningSummary = {
  /** Mean pictures a label, and the share of right answers of the nearest class mean. */
  curve: { examples: number; accuracy: number }[]
  /** What doubling the pictures leaves of the mistakes, 0.3 to 1; null: it could not be told. */
  halving: number | null
}

const SHARES = [1 / 8, 1 / 4, 1 / 2, 3 / 4, 1]
/** Pictures asked about. */
const LEAST = 20

/** A share of each class, at least one, in an order that a larger share goes on with. */
function some(y: Uint32Array, classes: number, share: number, seed: number): number[] {
  const random = seededRandom(seed)
  const order = [...y.keys()].map((i) => ({ i, key: random() })).sort((a, b) => a.key - b.key)
  const counts = new Uint32Array(classes)
  for (const c of y) counts[c]! += 1
  const taken = new Uint32Array(classes)
  return order.flatMap(({ i }) => (taken[y[i]!]!++ < Math.max(1, Math.round(share * counts[y[i]!]!)) ? [i] : []))
}

/** Mistakes fall as a power of the pictures (Hestness et al. 2017): least squares on the logarithms. */
function halving(curve: LearningSummary['curve']): number | null {
  const points = curve
    .filter((p) => p.accuracy < 1)
    .map((p) => [Math.log2(p.examples), Math.log2(1 - p.accuracy)] as const)
  if (points.length < 3) return null
  const mean = (i: 0 | 1): number => points.reduce((sum, p) => sum + p[i], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const slope =
    points.reduce((sum, p) => sum + (p[0] - x) * (p[1] - y), 0) / points.reduce((sum, p) => sum + (p[0] - x) ** 2, 0)
  return Math.max(0.3, Math.min(1, 2 ** slope))
}
