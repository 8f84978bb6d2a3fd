import { learningCurveCounter } from '../evaluation/learning-curve.ts'
import { evidenceWithoutOwnClass, labelAmong, type OpenSetEvidence } from '../evaluation/open-set-evidence.ts'
import { openSetPoints } from '../evaluation/open-set-points.ts'
import { OpenSetView } from '../evaluation/open-set-view.ts'
import { ClassMeansHead } from '../heads/class-means.ts'
import type { BaseHeadName } from '../heads/names.ts'
import { fitHeads } from '../heads/registry.ts'
import type { Matrix } from '../numbers/matrix.ts'
import { freeArrays } from '../numbers/memory.ts'
import { inParts, takeRows } from '../numbers/rows.ts'
import type { FoldResult, FoldTask } from './fold.ts'
import { emptyScores, writeScores } from './scores.ts'
import { whitenExamples, whitenVector } from './whiten-examples.ts'

/**
 * Trains heads, whitening and all, on the other folds, and has them answer this one.
 * @returns null where nothing of the fold can be measured
 */
export function validateFold(task: FoldTask, heads: BaseHeadName[], fold: number): FoldResult | null {
  const split = splitFold(task, fold)
  if (!split) return null
  const { train, test, excluded } = split
  const { input, present, whitening, unwhiten } = whitenExamples(task, train, fold)
  const means = ClassMeansHead.fit(input)
  const points = openSetPoints(input, whitenVector(whitening, task.background))
  const openSet = OpenSetView.fit(points, means.unitMeans)
  const evidenceAsUnknown = evidenceWithoutOwnClass(points)
  const countHits = learningCurveCounter(input)
  // The last to use the whitened rows.
  const fitted = fitHeads(heads, input, { means, unwhiten })

  const scores = emptyScores(heads, test.length + excluded.length, task.classes)
  const whitenQueries = (rows: number[]): Matrix => {
    const x = takeRows(task.queryFeatures, rows)
    const z = whitening.apply(x)
    freeArrays(x.data)
    return z
  }
  const answer = (z: Matrix, start: number): void => {
    for (const name of heads) {
      const found = fitted[name]!.decisionScores(z)
      writeScores(found, { classes: present, to: scores[name]!, start })
      freeArrays(found.data)
    }
    freeArrays(z.data)
  }
  const at = new Map(present.map((c, i) => [c, i]))
  const named = (some: OpenSetEvidence[]): OpenSetEvidence[] => some.map((e) => labelAmong(present, e))
  const { columns } = task.queryFeatures
  const tested = [...inParts(test, columns)].map(({ part, start }) => {
    const z = whitenQueries(part)
    const own = Uint32Array.from(part, (r) => at.get(task.y[r]!)!)
    const known = named(openSet.evidence(z))
    const found = { known, unknown: named(evidenceAsUnknown(z, own)), curve: countHits(z, own) }
    answer(z, start)
    return found
  })
  for (const { part, start } of inParts(excluded, columns)) answer(whitenQueries(part), test.length + start)
  whitening.free()
  return {
    rows: [...test, ...excluded],
    scores,
    tested: test,
    known: tested.flatMap((t) => t.known),
    unknown: tested.flatMap((t) => t.unknown),
    curve: tested.map((t) => t.curve),
  }
}

/** `train`: rows of the other folds. `test`: the fold's, of classes that are trained. `excluded`: the same of those that count nowhere. */
type Split = { train: number[]; test: number[]; excluded: number[] }

/** Null where there is nothing to test, or fewer than two of several classes to train on. */
function splitFold({ y, within, classes: all }: FoldTask, fold: number): Split | null {
  const train = within.rows((f) => f !== fold)
  const classes = new Set(train.map((r) => y[r]!))
  const isTrained = (r: number): boolean => classes.has(y[r]!)
  const test = within.rows((f) => f === fold).filter(isTrained)
  const excluded = within.leftOutOf(fold).filter(isTrained)
  return test.length === 0 || classes.size < Math.min(2, all) ? null : { train, test, excluded }
}
