// Whether a new version becomes the active one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { VersionSummary } from '../../../src/db/versions.ts'
import { decideActivation } from '../../../src/services/training/activation.ts'

function summary(accuracyInterval: [number, number] | null, labels = ['cat', 'dog']): VersionSummary {
  return {
    accuracy: accuracyInterval && (accuracyInterval[0] + accuracyInterval[1]) / 2,
    accuracyInterval,
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
