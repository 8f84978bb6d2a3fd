import { select, stacked } from './features.ts'
import { fitHeads, type HeadName } from './heads/head.ts'
import { MeansHead } from './heads/means.ts'
import type { Matrix } from './kernels/kernels.ts'
import { LearningCurve } from './learning-curve.ts'
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
  foldCount: number
  seed: number
}

type Validated = {
  /** Rows that could be measured: their class is also found outside their fold. */
  measured: number[]
  /** For each head, measured x classes: scores of a head that did not see the row's fold. */
  scores: Partial<Record<HeadName, Matrix>>
  /** What says that a measured row is known; and the same as if its own label had never been taught. */
  known: Evidence[]
  strange: Evidence[]
  curve: LearningCurve
}

/** Each fold is answered by heads that were trained, whitening and all, on the others. */
export function crossValidate(problem: Problem, heads: HeadName[], onProgress: (share: number) => void): Validated {
  const { y, classes, within, foldCount, seed } = problem
  const all: Validated = { measured: [], scores: {}, known: [], strange: [], curve: new LearningCurve() }
  const rows = new Map<HeadName, Matrix[]>(heads.map((h) => [h, []]))
  for (let f = 0; f < foldCount; f++) {
    onProgress(f / foldCount)
    const inside = within.rows((fold) => fold !== f)
    const seen = new Set(inside.map((i) => y[i]!))
    const test = within.rows((fold) => fold === f).filter((i) => seen.has(y[i]!))
    if (test.length === 0 || seen.size < 2) continue
    const { present, z, classOf, whitening } = whitenRows(problem, inside, f)
    const t = whitening.apply(select(problem.asked, test))
    all.measured.push(...test)
    const nearness = MeansHead.fit(z, classOf, present.length).scores(t)
    all.known.push(...evidenceOf(nearness))
    const own = Uint32Array.from(test, (i) => present.indexOf(y[i]!))
    all.curve.add(z, classOf, present.length, t, own, seed)
    all.strange.push(...strangeEvidence(t, own, z, classOf, present.length))
    const fitted = fitHeads(heads, { z, y: classOf, classes: present.length, seed })
    for (const name of heads) rows.get(name)!.push(spread(fitted[name].scores(t), present, classes))
  }
  all.scores = Object.fromEntries(heads.map((name) => [name, stacked(rows.get(name)!, classes)]))
  return all
}

/** Whitens for these rows, which are all but the fold's; `present` are their classes, `classOf` counts among those. */
export function whitenRows({ learned, y, within, prior }: Problem, inside: number[], fold: number | null) {
  const present = [...new Set(inside.map((i) => y[i]!))].sort((a, b) => a - b)
  const at = new Map(present.map((c, i) => [c, i]))
  const classOf = Uint32Array.from(inside, (i) => at.get(y[i]!)!)
  const priors = prior ? [{ matrix: prior, degrees: PRIOR_DEGREES }] : []
  return { present, classOf, ...Whitening.fit(select(learned, inside), [...within.without(fold), ...priors]) }
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
