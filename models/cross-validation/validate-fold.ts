import { type LearningCurveCounts, learningCurveCounter } from '../evaluation/learning-curve.ts'
import { evidenceWithoutOwnClass, type OpenSetEvidence, openSetEvidence } from '../evaluation/open-set.ts'
import { ClassMeansHead } from '../heads/class-means.ts'
import { type BaseHeadName, fitHeads } from '../heads/head.ts'
import type { Matrix } from '../kernels/kernels.ts'
import { discard } from '../numbers/discard.ts'
import { inParts, type Rows, takeRows } from '../numbers/rows.ts'
import type { Triangle } from '../numbers/triangle.ts'
import { priorCovariance, Whitening } from '../whitening/whitening.ts'
import type { Within } from '../whitening/within-class.ts'
import type { Desk } from '../whitening/workspace.ts'
import { emptyScores, type Scores, spread } from './scores.ts'

export type FoldTask = {
  /** n x d features that are learned from. */
  features: Rows
  /** The same pictures as they will be asked about: what is measured on. */
  queryFeatures: Rows
  y: Uint32Array
  classes: number
  /** What each row counts. */
  weights: Float32Array
  within: Within
  prior: Triangle | null
  seed: number
  /** Where whitened rows are: taken again by each fold. */
  desk: Desk
}

/** What a fold gives; all of a cross-validation has the same form. */
export type FoldResult = {
  /** Rows that were asked: their class is also found outside their fold. Those that are left out too, which count nowhere else. */
  rows: number[]
  /** For each head, asked x classes: scores of a head that did not see the row's fold. */
  scores: Scores
  /** What says that a row is known; and the same as if its own label had never been taught. */
  known: OpenSetEvidence[]
  unknown: OpenSetEvidence[]
  curve: LearningCurveCounts[]
}

/** A fold is answered by heads that were trained, whitening and all, on the others. Null: nothing of it can be measured. */
export function validateFold(problem: FoldTask, heads: BaseHeadName[], f: number): FoldResult | null {
  const { y, classes, within, seed, queryFeatures: asked } = problem
  const inside = within.rows((fold) => fold !== f)
  const seen = new Set(inside.map((i) => y[i]!))
  const test = within.rows((fold) => fold === f).filter((i) => seen.has(y[i]!))
  const doubted = within.leftOutOf(f).filter((i) => seen.has(y[i]!))
  if (test.length === 0 || seen.size < 2) return null
  const { present, z, classOf, weights, whitening, unwhiten } = whitenRows(problem, inside, f)
  const at = new Map(present.map((c, i) => [c, i]))
  const lesson = { z, y: classOf, classes: present.length, weights, seed }
  const means = ClassMeansHead.fit(lesson)
  const strange = evidenceWithoutOwnClass(z, classOf, present.length)
  const count = learningCurveCounter(lesson)
  const fitted = fitHeads(heads, lesson, { means, unwhiten })
  const look = (rows: number[]): Matrix => {
    const x = takeRows(asked, rows)
    const t = whitening.apply(x)
    discard(x.data)
    return t
  }
  const scores = emptyScores(heads, test.length + doubted.length, classes)
  const answer = (t: Matrix, start: number): void => {
    for (const name of heads) {
      const found = fitted[name]!.decisionScores(t)
      spread(found, present, scores[name]!, start)
      discard(found.data)
    }
    discard(t.data)
  }
  const measured = [...inParts(test, asked.columns)].map(({ part, start }) => {
    const t = look(part)
    const own = Uint32Array.from(part, (i) => at.get(y[i]!)!)
    const found = { known: openSetEvidence(means.decisionScores(t)), strange: strange(t, own), curve: count(t, own) }
    answer(t, start)
    return found
  })
  for (const { part, start } of inParts(doubted, asked.columns)) answer(look(part), test.length + start)
  whitening.discard()
  return {
    rows: [...test, ...doubted],
    scores,
    known: measured.flatMap((m) => m.known),
    unknown: measured.flatMap((m) => m.strange),
    curve: measured.map((m) => m.curve),
  }
}

/** Whitens for these rows, which are all but the fold's; `present` are their classes, `classOf` counts among those. */
export function whitenRows(problem: FoldTask, inside: number[], fold: number | null) {
  const { features: learned, y, within, prior, desk } = problem
  const present = [...new Set(inside.map((i) => y[i]!))].sort((a, b) => a - b)
  const at = new Map(present.map((c, i) => [c, i]))
  const classOf = Uint32Array.from(inside, (i) => at.get(y[i]!)!)
  const covariances = [...within.without(fold), ...(prior ? [priorCovariance(prior)] : [])]
  const z = desk.take(inside.length, learned.columns, present.length)
  const weights = Float32Array.from(inside, (i) => problem.weights[i]!)
  const whitening = Whitening.fit(learned, inside, covariances, z, fold === null)
  return { present, classOf, weights, z, whitening, unwhiten: () => whitening.unwhiten(learned, inside, z) }
}
