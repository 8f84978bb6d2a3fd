import assert from 'node:assert/strict'
import { test } from 'node:test'
import { summarizeLearningCurve } from '../../../models/evaluation/learning-curve.ts'
import { trainClassifier } from '../../../models/train.ts'
import { makeVectors } from '../../support/made-up-vectors.ts'

test('the learning curve rises with the pictures and ends at all that there are', () => {
  const { set } = makeVectors(new Array(8).fill(24), { noise: 2.2, seed: 8, d: 24 })
  const { measurement } = trainClassifier(set, { heads: ['means'] })
  const { curve, halving } = measurement.learning!
  assert.ok(curve.length >= 4)
  assert.ok(curve.at(-1)!.examples > 18 && curve.at(-1)!.examples <= 24 * 0.81)
  assert.ok(curve.at(-1)!.accuracy > curve[0]!.accuracy + 0.1, JSON.stringify(curve))
  for (const [i, p] of curve.entries()) if (i > 0) assert.ok(p.examples > curve[i - 1]!.examples)
  assert.ok(halving! < 0.95, `halving ${halving}`)
})

test('mistakes that halve with twice the pictures are said to halve', () => {
  const tested = 1000
  const perLabel = [2, 4, 8, 12, 16]
  const counts = { hits: perLabel.map((n) => tested * (1 - 0.8 / n)), trained: perLabel.map((n) => n * tested), tested }
  const { curve, halving } = summarizeLearningCurve([counts])!
  assert.deepEqual(
    curve.map((p) => p.examples),
    perLabel,
  )
  assert.ok(Math.abs(halving! - 0.5) < 1e-9)
})

test('few pictures tell nothing; a curve without mistakes has no slope', () => {
  const counts = (tested: number) => ({
    hits: [1, 1, 1, 1, 1].map((v) => v * tested),
    trained: [1, 2, 4, 6, 8].map((v) => v * tested),
    tested,
  })
  assert.equal(summarizeLearningCurve([counts(19)]), null)
  assert.equal(summarizeLearningCurve([counts(20)])!.halving, null)
})
