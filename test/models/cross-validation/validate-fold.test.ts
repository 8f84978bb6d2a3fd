import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FOLDS } from '../../../models/cross-validation/assign-folds.ts'
import { validateFold } from '../../../models/cross-validation/validate-fold.ts'
import type { BaseHeadName } from '../../../models/heads/names.ts'
import { findDatasetIssues } from '../../../models/label-issues/find-dataset-issues.ts'
import type { Matrix } from '../../../models/numbers/matrix.ts'
import { prepareFolds } from '../../../models/training/folds.ts'
import { planTraining } from '../../../models/training/plan.ts'
import type { TrainingSet } from '../../../models/training-set.ts'
import { makeVectors } from '../../support/made-up-vectors.ts'

/** A task of one training, with rows in folds of our choice, some left out, and the others counting the same. */
function prepare(set: TrainingSet, { folds, leftOut }: { folds?: Uint8Array; leftOut?: number[] } = {}) {
  const plan = planTraining(set, {})
  const { issues } = findDatasetIssues(set)
  const mine = { ...issues, folds: folds ?? issues.folds, weights: new Float32Array(set.y.length).fill(1) }
  mine.suspicions.leftOut.fill(0)
  for (const r of leftOut ?? []) mine.suspicions.leftOut[r] = 1
  const every = Array.from({ length: FOLDS }, (_, f) => f)
  return { task: prepareFolds(plan, mine, { backbone: 0, folds: every }), folds: mine.folds }
}

const bestOf = ({ data, columns }: Matrix, r: number): number => {
  const row = data.subarray(r * columns, (r + 1) * columns)
  return row.indexOf(Math.max(...row))
}
const HEADS: BaseHeadName[] = ['means', 'svm', 'boosting', 'plain']

test('every row of a fold is answered once, rightly, by each head', () => {
  const { set } = makeVectors([15, 15, 15])
  const { task, folds } = prepare(set)
  const result = validateFold(task, HEADS, 2)!
  const own = [...folds.keys()].filter((r) => folds[r] === 2)
  assert.deepEqual(result.rows, own)
  for (const name of HEADS) {
    const scores = result.scores[name]!
    assert.deepEqual([scores.rows, scores.columns], [own.length, 3], name)
    own.forEach((r, at) => {
      assert.equal(bestOf(scores, at), set.y[r], name)
    })
  }
  assert.equal(result.known.length, own.length)
  const mean = (some: { nearness: number }[]): number => some.reduce((sum, e) => sum + e.nearness, 0) / some.length
  assert.ok(mean(result.known) > mean(result.unknown) + 0.3)
  assert.equal(result.curve[0]!.tested, own.length)
})

test('what answers a fold was not trained on it: wrong labels there change no score', () => {
  const { set } = makeVectors([10, 10, 10])
  const folds = Uint8Array.from(set.y, (_, r) => r % FOLDS)
  const { task } = prepare(set, { folds })
  const before = validateFold(task, ['svm'], 0)!
  const changed = makeVectors([10, 10, 10]).set
  for (const r of folds.keys()) if (folds[r] === 0) changed.y[r] = (changed.y[r]! + 1) % 3
  const after = validateFold(prepare(changed, { folds }).task, ['svm'], 0)!
  const { data } = after.scores.svm!
  assert.deepEqual(data, before.scores.svm!.data)
})

test('rows that are left out are answered last, and count in nothing else', () => {
  const { set } = makeVectors([10, 10, 10])
  const folds = Uint8Array.from(set.y, (_, r) => r % FOLDS)
  const { task } = prepare(set, { folds, leftOut: [0, 6] })
  const result = validateFold(task, ['means'], 0)!
  assert.deepEqual(result.rows, [5, 10, 15, 20, 25, 0])
  assert.equal(result.scores.means!.rows, 6)
  assert.equal(result.known.length, 5)
  // Eight of ten of each label are trained on, less the one that is left out there.
  assert.ok(Math.abs(result.curve[0]!.trained.at(-1)! / result.curve[0]!.tested - 23 / 3) < 1e-9)
})

test('rows whose label is in no other fold are not tested; two labels at least are trained on', () => {
  const { set } = makeVectors([4, 4, 2])
  const folds = Uint8Array.from([0, 1, 2, 3, 0, 1, 2, 3, 4, 4])
  const { task } = prepare(set, { folds })
  assert.equal(validateFold(task, ['means'], 4), null)
  assert.deepEqual(validateFold(task, ['means'], 0)!.rows, [0, 4])

  const alone = makeVectors([4, 4]).set
  const halves = Uint8Array.from([0, 1, 1, 1, 0, 0, 0, 0])
  assert.equal(validateFold(prepare(alone, { folds: halves }).task, ['means'], 0), null)
})

test('a label that is only in the tested fold scores below all others', () => {
  const { set } = makeVectors([5, 5, 2])
  const folds = Uint8Array.from([0, 0, 1, 1, 2, 0, 1, 1, 2, 2, 0, 0])
  const result = validateFold(prepare(set, { folds }).task, ['means', 'svm'], 0)!
  assert.deepEqual(result.rows, [0, 1, 5])
  for (const { data } of Object.values(result.scores))
    for (let r = 0; r < 3; r++) assert.ok(data[r * 3 + 2]! < Math.min(data[r * 3]!, data[r * 3 + 1]!))
  // Two labels are trained on: nothing can be said of labels that are left out.
  assert.equal(result.unknown.length, 0)
})
