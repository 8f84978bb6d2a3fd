import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calibrationError, expectationConsistency } from '../../../models/evaluation/calibration.ts'
import { wilsonInterval } from '../../../models/evaluation/wilson-interval.ts'
import { softmax } from '../../../models/heads/combine-scores.ts'
import { accuracyOf, makeScores } from '../../support/made-up-scores.ts'

const [N, CLASSES] = [300, 4]
const { truth, scores } = makeScores(N, CLASSES)

test('answers are as sure as they are right, on average, at any scale of the scores', () => {
  for (const scale of [0.5, 1, 5]) {
    const raw = scores(1.2)
    const odds = { ...raw, data: raw.data.map((v) => v * scale) }
    const factor = expectationConsistency(odds, truth)
    const p = softmax({ ...odds, data: odds.data.map((v) => v * factor) })
    let confidence = 0
    for (let r = 0; r < N; r++) confidence += Math.max(...p.data.subarray(r * CLASSES, (r + 1) * CLASSES)) / N
    assert.ok(Math.abs(confidence - accuracyOf(p, truth)) < 0.01, `${scale}: ${confidence}`)
  }
})

test('the calibration error is 0 where confidence is accuracy, and the difference where it is not', () => {
  const right = Array.from({ length: 10 }, (_, i) => i < 7)
  assert.ok(calibrationError(new Array(10).fill(0.7), right) < 1e-9)
  assert.ok(Math.abs(calibrationError(new Array(10).fill(0.95), right) - 0.25) < 1e-9)
  assert.equal(calibrationError([], []), 0)
})

test('Wilson’s interval holds the share, stays within 0 and 1, and narrows', () => {
  assert.deepEqual(wilsonInterval(0, 0), [0, 1])
  const [low, high] = wilsonInterval(8, 10)
  // Figures of Wilson's formula for 8 of 10.
  assert.ok(Math.abs(low - 0.4902) < 1e-3 && Math.abs(high - 0.9433) < 1e-3, `${low} ${high}`)
  assert.equal(wilsonInterval(10, 10)[1], 1)
  assert.ok(Math.abs(wilsonInterval(0, 10)[0]) < 1e-9)
  const [, narrow] = wilsonInterval(800, 1000)
  assert.ok(narrow < high)
})
