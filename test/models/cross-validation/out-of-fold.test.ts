import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FoldResult } from '../../../models/cross-validation/fold.ts'
import { OutOfFold } from '../../../models/cross-validation/out-of-fold.ts'
import { writeScores } from '../../../models/cross-validation/scores.ts'

const CLASSES = 2

/** Of rows, whose scores are their number and its negative. */
const result = (...rows: number[]): FoldResult => ({
  rows,
  scores: { svm: { data: Float32Array.from(rows.flatMap((r) => [r, -r])), rows: rows.length, columns: CLASSES } },
  tested: rows,
  known: rows.map((r) => ({ label: 0, nearness: r, gap: 0, fromBackground: null })),
  unknown: rows.map((r) => ({ label: 0, nearness: -r, gap: 0, fromBackground: null })),
  curve: [{ hits: [rows.length], trained: [1], tested: rows.length }],
})

test('scores are put in the rows of the examples, in whatever order folds come; the rest is in the order of the folds', () => {
  const all = new OutOfFold(['svm'], 6, CLASSES)
  all.add(2, result(1, 5))
  all.add(1, null)
  all.add(0, result(3, 2))
  const { rows, scores, known, unknown, curve } = all.all()
  assert.deepEqual(rows, [3, 2, 1, 5])
  assert.deepEqual(
    [...scores.svm!.data],
    [0, -0, 1, -1, 2, -2, 3, -3, 0, 0, 5, -5].map((v) => v + 0),
  )
  assert.deepEqual(
    known.map((e) => e.nearness),
    [3, 2, 1, 5],
  )
  assert.deepEqual(
    unknown.map((e) => e.nearness),
    [-3, -2, -1, -5],
  )
  assert.equal(curve.length, 2)
})

test('the scores of a fold are freed once they are taken', () => {
  const all = new OutOfFold(['svm'], 3, CLASSES)
  const part = result(0, 1)
  all.add(0, part)
  assert.equal(part.scores.svm!.data.length, 0)
})

test('without any fold there are no rows, and scores of zeros', () => {
  const all = new OutOfFold(['means'], 2, CLASSES)
  for (const fold of [0, 1]) all.add(fold, null)
  const { rows, scores } = all.all()
  assert.deepEqual([rows, [...scores.means!.data]], [[], [0, 0, 0, 0]])
})

test('classes that a head was not trained on score below those that it was', () => {
  const to = { data: new Float32Array(3 * 4), rows: 3, columns: 4 }
  const found = { data: Float32Array.of(-1, 0.5, 0.2, -0.9), rows: 2, columns: 2 }
  writeScores(found, { classes: [1, 3], to, start: 1 })
  assert.deepEqual([...to.data.subarray(0, 4)], [0, 0, 0, 0])
  for (const r of [1, 2]) {
    const [a, b, c, d] = to.data.subarray(r * 4, r * 4 + 4)
    assert.deepEqual([b, d], [...found.data.subarray((r - 1) * 2, r * 2)])
    assert.ok(a! < Math.min(b!, d!) && c! < Math.min(b!, d!))
  }
})
