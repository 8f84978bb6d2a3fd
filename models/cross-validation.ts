import { select, stacked } from './features.ts'
import { fitHead, type HeadName } from './heads/head.ts'
import { MeansHead } from './heads/means.ts'
import type { Matrix } from './kernels/kernels.ts'
import { Whitening } from './whitening.ts'

type Problem = {
  /** n x d normalised features. */
  x: Matrix
  /** The same of the mirrored pictures: learned from, never measured on. */
  mirrored: Matrix | null
  y: Uint32Array
  classes: number
  prior: Matrix | null
  /** Fold of each row, 0 to foldCount - 1. */
  folds: Uint8Array
  foldCount: number
  seed: number
}

type Validated = {
  /** Rows that could be measured: their class is also found outside their fold. */
  measured: number[]
  /** For each head, measured x classes: scores of a head that did not see the row's fold. */
  scores: Partial<Record<HeadName, Matrix>>
  /** Largest cosine to a class mean of each measured row. */
  nearness: number[]
}

/** Each fold is answered by heads that were trained, whitening and all, on the others. */
export function crossValidate(problem: Problem, heads: HeadName[], onProgress: (share: number) => void): Validated {
  const { y, classes, folds, foldCount, seed } = problem
  const measured: number[] = []
  const nearness: number[] = []
  const rows = new Map<HeadName, Matrix[]>(heads.map((h) => [h, []]))
  for (let f = 0; f < foldCount; f++) {
    onProgress(f / foldCount)
    const inside = indices(y.length, (i) => folds[i] !== f)
    const seen = new Set(inside.map((i) => y[i]!))
    const test = indices(y.length, (i) => folds[i] === f && seen.has(y[i]!))
    if (test.length === 0 || seen.size < 2) continue
    const { present, z, classOf, whitening } = whitenRows(problem, inside)
    const t = whitening.apply(select(problem.x, test))
    measured.push(...test)
    nearness.push(...maxima(MeansHead.fit(z, classOf, present.length).scores(t)))
    for (const name of heads) {
      const scores = fitHead(name, z, classOf, present.length, seed).scores(t)
      rows.get(name)!.push(spread(scores, present, classes))
    }
  }
  const scores = Object.fromEntries(heads.map((name) => [name, stacked(rows.get(name)!, classes)]))
  return { measured, scores, nearness }
}

/** Leaves labels out in turn: the largest cosine to a class mean of pictures whose label was never taught. */
export function leaveLabelsOut(problem: Problem, onProgress: (share: number) => void): number[] {
  const { y, classes, folds, foldCount } = problem
  const strange: number[] = []
  const parts = Math.min(foldCount, classes)
  for (let g = 0; g < parts; g++) {
    onProgress(g / parts)
    // A fold less, as for the known ones: fewer examples give other cosines.
    const inside = indices(y.length, (i) => y[i]! % parts !== g && folds[i] !== g)
    const outside = indices(y.length, (i) => y[i]! % parts === g)
    if (new Set(inside.map((i) => y[i]!)).size < 2) continue
    const { present, z, classOf, whitening } = whitenRows(problem, inside)
    const t = whitening.apply(select(problem.x, outside))
    strange.push(...maxima(MeansHead.fit(z, classOf, present.length).scores(t)))
  }
  return strange
}

/** Whitens for these rows, mirrored ones after them; `present` are their classes, `classOf` counts among those. */
export function whitenRows({ x, mirrored, y, prior }: Problem, inside: number[]) {
  const present = [...new Set(inside.map((i) => y[i]!))].sort((a, b) => a - b)
  const at = new Map(present.map((c, i) => [c, i]))
  const views = mirrored ? [x, mirrored] : [x]
  const classOf = Uint32Array.from(
    views.flatMap(() => inside),
    (i) => at.get(y[i]!)!,
  )
  const rows = stacked(
    views.map((view) => select(view, inside)),
    x.columns,
  )
  const whitening = Whitening.fit(rows, classOf, present.length, prior)
  return { present, classOf, whitening, z: whitening.apply(rows) }
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

const indices = (n: number, keep: (i: number) => boolean): number[] =>
  Array.from({ length: n }, (_, i) => i).filter(keep)

function maxima({ data, rows, columns }: Matrix): number[] {
  return Array.from({ length: rows }, (_, r) => Math.max(...data.subarray(r * columns, (r + 1) * columns)))
}
