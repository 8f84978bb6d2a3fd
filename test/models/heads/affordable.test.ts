import assert from 'node:assert/strict'
import { test } from 'node:test'
import { affordableHeads } from '../../../models/heads/affordable.ts'
import { DEFAULT_HEADS, HEAD_NAMES } from '../../../models/heads/names.ts'
import { planTraining, requiredBaseHeads } from '../../../models/training/plan.ts'
import { makeVectors } from '../../support/made-up-vectors.ts'

test('a head that would take longer than may be spent is left out of a choice, and taken where it alone is asked for', () => {
  const [many, few] = [
    { rows: 5000, classes: 50 },
    { rows: 60, classes: 3 },
  ]
  assert.deepEqual(affordableHeads(DEFAULT_HEADS, { ...many, fits: 6, budget: 10 }), ['linear'])
  assert.deepEqual(affordableHeads(HEAD_NAMES, { ...few, fits: 6, budget: 10 }), HEAD_NAMES)

  const { set } = makeVectors([4, 4])
  assert.deepEqual(requiredBaseHeads(set, { heads: ['boosting'], budget: 0 }), ['boosting'])
  const plan = planTraining(set, { budget: 0 })
  assert.deepEqual([plan.heads, plan.skipped], [['linear'], ['boosting', 'blend']])
  assert.deepEqual(plan.baseHeads.toSorted(), ['means', 'plain', 'svm'])
})
