import assert from 'node:assert/strict'
import { test } from 'node:test'
import { distinctBalancedAccuracy, meanRecall, meanRecallInterval } from '../../../models/evaluation/recall.ts'
import { wilsonInterval } from '../../../models/evaluation/wilson-interval.ts'

test('the mean over labels leaves out those that were not measured', () => {
  const confusion = [
    [540, 0, 0],
    [3, 0, 0],
    [0, 0, 0],
  ]
  assert.equal(meanRecall(confusion), 0.5)
  assert.equal(meanRecall([[0]]), null)
  assert.equal(meanRecallInterval([[0]]), null)
})

test('its interval is that of the accuracy where labels have as many pictures, and wide where one has few', () => {
  const even = meanRecallInterval([
    [18, 2],
    [4, 16],
  ])
  assert.deepEqual(even, wilsonInterval(34, 40))
  const [low, high] = meanRecallInterval([
    [540, 0],
    [3, 0],
  ])!
  assert.ok(low < 0.3 && high > 0.7, `${low} ${high}`)
})

test('it is told where it is clearly another figure', () => {
  assert.equal(distinctBalancedAccuracy({ accuracy: 0.98, balancedAccuracy: 0.25 }), 0.25)
  assert.equal(distinctBalancedAccuracy({ accuracy: 0.98, balancedAccuracy: 0.97 }), null)
  assert.equal(distinctBalancedAccuracy({ accuracy: null, balancedAccuracy: null }), null)
})
