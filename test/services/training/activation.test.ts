// Whether a new version becomes the active one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wilsonInterval } from '../../../models/evaluation/wilson-interval.ts'
import type { VersionSummary } from '../../../src/db/versions.ts'
import { decideActivation } from '../../../src/services/training/activation.ts'

function summary(accuracyInterval: [number, number] | null, labels = ['cat', 'dog']): VersionSummary {
  return {
    accuracy: accuracyInterval && (accuracyInterval[0] + accuracyInterval[1]) / 2,
    accuracyInterval,
    balancedAccuracy: null,
    confusion: [],
    calibrationError: null,
    calibration: [],
    measured: 0,
    recognition: null,
    grades: null,
    learning: null,
    head: 'linear',
    effort: 'fast',
    labels,
    examples: 100,
    dataHash: '',
  }
}

test('the first version is activated', () => {
  assert.deepEqual(decideActivation(summary([0.4, 0.6]), undefined, []), { activate: true, reason: 'first' })
})

test('one whose interval overlaps the active one’s is as good, even if its accuracy is lower', () => {
  const decision = decideActivation(summary([0.7, 0.9]), summary([0.8, 0.95]), [])
  assert.deepEqual(decision, { activate: true, reason: 'as-good' })
})

test('one whose interval lies below the active one’s is worse and stays inactive', () => {
  const decision = decideActivation(summary([0.5, 0.7]), summary([0.8, 0.95]), [])
  assert.deepEqual(decision, { activate: false, reason: 'worse' })
})

test('versions of other labels are not compared', () => {
  const decision = decideActivation(summary([0.5, 0.7], ['cat', 'fox']), summary([0.8, 0.95]), [])
  assert.deepEqual(decision, { activate: true, reason: 'other-labels' })
})

test('a version that was not measured is as good', () => {
  const decision = decideActivation(summary(null), summary([0.8, 0.95]), [])
  assert.deepEqual(decision, { activate: true, reason: 'as-good' })
})

test('a drifted label keeps even a better version inactive', () => {
  const decision = decideActivation(summary([0.97, 0.99]), summary([0.8, 0.95]), ['cat'])
  assert.deepEqual(decision, { activate: false, reason: 'turned' })
})

/** Of 540 pictures of one label and three of another, so many are recognized. */
function unequal(large: number, small: number): VersionSummary {
  const right = large + small
  const confusion = [
    [large, 540 - large],
    [3 - small, small],
  ]
  return { ...summary(wilsonInterval(right, 543)), accuracy: right / 543, measured: 543, confusion }
}

test('the mean over labels counts: a version that recognizes the small label replaces one that never does', () => {
  assert.deepEqual(decideActivation(unequal(500, 2), unequal(540, 0), []), { activate: true, reason: 'as-good' })
})

test('one that is right less often, and on no label more often, is worse, however few pictures the others have', () => {
  assert.deepEqual(decideActivation(unequal(500, 1), unequal(540, 1), []), { activate: false, reason: 'worse' })
})

test('one that no longer recognizes a small label is worse, even if it is right as often', () => {
  const [active, next] = [
    [
      [470, 30],
      [0, 20],
    ],
    [
      [500, 0],
      [16, 4],
    ],
  ].map((confusion) => {
    const right = confusion[0]![0]! + confusion[1]![1]!
    return { ...summary(wilsonInterval(right, 520)), confusion }
  })
  assert.deepEqual(decideActivation(next!, active, []), { activate: false, reason: 'worse' })
})
