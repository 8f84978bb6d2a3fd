import assert from 'node:assert/strict'
import { test } from 'node:test'
import { labelWeights } from '../../../models/evaluation/label-weights.ts'

const sum = (weights: Float64Array): number => weights.reduce((total, weight) => total + weight, 0)

test('each label counts the same, whichever occur', () => {
  const weights = labelWeights([0, 0, 0, 0, 0, 0, 2, 2, 5])
  assert.ok(Math.abs(sum(weights) - 9) < 1e-9)
  for (const some of [weights.subarray(0, 6), weights.subarray(6, 8), weights.subarray(8)])
    assert.ok(Math.abs(sum(some) - 3) < 1e-9)
})

test('where labels have as many rows, every row counts exactly one: nothing changes, to the bit', () => {
  for (const evenness of [0, 0.75, 1])
    assert.deepEqual(new Set(labelWeights([3, 1, 0, 3, 1, 0, 1, 0, 3], evenness)), new Set([1]))
})
