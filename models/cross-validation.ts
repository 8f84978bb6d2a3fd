import { select, stacked } from './features.ts'
import { fitHeads, type HeadName } from './heads/head.ts'
import { MeansHead } from './heads/means.ts'
import type { Matrix } from './kernels/kernels.ts'
import { type CurveCounts, countCurve } from './learning-curve.ts'
import { type Evidence, evidenceOf, strangeEvidence } from './unknown.ts'
import { PRIOR_DEGREES, Whitening } from './whitening.ts'
import type { Within } from './within.ts'

export type Problem = {
  /** n x d normalised features that are learned from. */
  learned: Matrix
  /** The same pictures as they will be asked about: what is measured on. */
  asked: Matrix
  y: Uint32Array
  classes: number
  within: Within
  prior: Matrix | null
  seed: number
}

/** What a fold gives; all of a cross-validation has the same form. */
export type Validated = {
  /** Rows that could be measured: their class is also found outside their fold. */
  measured: number[]
  /** For each head, measured x classes: scores of a head that did not see the row's fold. */
  scores: Partial<Record<HeadName, Matrix>>
  /** What says that a measured row is known; and the same as if its own label had never been taught. */
  known: Evidence[]
  strange: Evidence[]
  curve: CurveCounts[]
}

/** A fold is answered by heads that were trained, whitening and all, on the others. Null: nothing of it can be measured. */
export function validateFold(problem: Problem, heads: HeadName[], f: number): Validated | null {
  const { y, classes, within, seed } = problem
  const inside = within.rows((fold) => fold !== f)
  const seen = new Set(inside.map((i) => y[i]!))
  const test = within.rows((fold) => fold === f).filter((i) => seen.has(y[i]!))
  if (test.length === 0 || seen.size < 2) return null
  const { present, z, classOf, whitening } = whitenRows(problem, inside, f)
  const t = whitening.apply(select(problem.asked, test))
  const own = Uint32Array.from(test, (i) => present.indexOf(y[i]!))
  const fitted = fitHeads(heads, { z, y: classOf, classes: present.length, seed })
  return {
    measured: test,
    scores: Object.fromEntries(heads.map((name) => [name, spread(fitted[name].scores(t), present, classes)])),
    known: evidenceOf(MeansHead.fit(z, classOf, present.length).scores(t)),
    strange: strangeEvidence(t, own, z, classOf, present.length),
    curve: [countCurve(z, classOf, present.length, t, own, seed)],
  }
}

/** Folds one after the other. */
export function joined(folds: Validated[], heads: HeadName[], classes: number): Validated {
  return {
    measured: folds.flatMap((f) => f.measured),
    scores: Object.fromEntries(
      heads.map((name) => [
        name,
        stacked(
          folds.map((f) => f.scores[name]!),
          classes,
        ),
      ]),
    ),
    known: folds.flatMap((f) => f.known),
    strange: folds.flatMap((f) => f.strange),
    curve: folds.flatMap((f) => f.curve),
  }
}

/** Whitens for these rows, which are all but the fold's; `present` are their classes, `classOf` counts among those. */
export function whitenRows({ learned, y, within, prior }: Problem, inside: number[], fold: number | null) {
  const present = [...new Set(inside.map((i) => y[i]!))].sort((a, b) => a - b)
  const at = new Map(present.map((c, i) => [c, i]))
  const classOf = Uint32Array.from(inside, (i) => at.get(y[i]!)!)
  const priors = prior ? [{ matrix: prior, degrees: PRIOR_DEGREES }] : []
  return {
    present,
    classOf,
    ...Whitening.fit(select(learned, inside), [...within.without(fold), ...priors], fold === null),
  }
}

/** The scores over all classes; one that was not taught scores below any that was. */
function spread({ data, rows, columns }: Matrix, present: number[], classes: number): Matrix {
  const wide = new Float32Array(rows * classes).fill(-3)
  for (let r = 0; r < rows; r++)
    present.forEach((c, at) => {
      wide[r * classes + c] = data[r * columns + at]!
    })
  return { data: wide, rows, columns: classes }
}
