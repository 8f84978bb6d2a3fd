// Labels that are recognized more or less often than before.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareRecalls } from '../../../src/services/training/changes.ts'

const version = (confusion: number[][], labels = ['cat', 'dog', 'fox']) =>
  ({ labels, confusion }) as Parameters<typeof compareRecalls>[0]

test('clear changes are told, the largest first; small ones and new labels are not', () => {
  const before = version([
    [5, 5, 0],
    [0, 10, 0],
    [1, 0, 99],
  ])
  const next = version(
    [
      [9, 1, 0, 0],
      [3, 7, 0, 0],
      [3, 0, 97, 0],
      [0, 0, 0, 10],
    ],
    ['cat', 'dog', 'fox', 'owl'],
  )
  const { improved, worsened } = compareRecalls(next, before)
  assert.deepEqual(improved, [{ label: 'cat', from: 0.5, to: 0.9 }])
  assert.deepEqual(worsened, [{ label: 'dog', from: 1, to: 0.7 }])
})

test('without a version before, nothing has changed', () => {
  assert.deepEqual(compareRecalls(version([[5, 5, 0]]), undefined), { improved: [], worsened: [] })
})
