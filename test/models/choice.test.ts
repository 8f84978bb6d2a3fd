import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseHead } from '../../models/choice.ts'
import { affordable, compared, type HeadName, headNames } from '../../models/heads/head.ts'

const N = 200
const truth = Uint32Array.from({ length: N }, (_, i) => i % 2)

/** Right on all but the first `wrong` pictures. */
function head(name: HeadName, wrong: number, confidence = 0.9) {
  const data = Float32Array.from({ length: N * 2 }, (_, at) => {
    const row = at >> 1
    const isTruth = at % 2 === truth[row]
    return row < wrong !== isTruth ? confidence : 1 - confidence
  })
  return { name, probabilities: { data, rows: N, columns: 2 } }
}

test('the simplest head that is as good is taken: one picture more is chance', () => {
  const { chosen, reason } = chooseHead([head('means', 11), head('svm', 10)], truth)
  assert.deepEqual([chosen.name, reason], ['means', 'simplest'])
})

test('a head that is clearly better is taken', () => {
  const { chosen, reason } = chooseHead([head('means', 40), head('svm', 39), head('boosting', 10)], truth)
  assert.deepEqual([chosen.name, reason], ['boosting', 'better'])
})

test('of two that are right on the same pictures the simpler one, however sure the other is', () => {
  const { chosen, reason } = chooseHead([head('linear', 4, 0.6), head('boosting', 4, 0.9)], truth)
  assert.deepEqual([chosen.name, reason], ['linear', 'simplest'])
})

test('one alone, or nothing measured, is said', () => {
  assert.equal(chooseHead([head('boosting', 90)], truth).reason, 'only')
  const none = { data: new Float32Array(0), rows: 0, columns: 2 }
  const candidates = (['linear', 'boosting'] as const).map((name) => ({ name, probabilities: none }))
  const { chosen, reason } = chooseHead(candidates, new Uint32Array(0))
  assert.deepEqual([chosen.name, reason], ['linear', 'unmeasured'])
})

test('a head that would take longer than may be spent is left out of a choice, and taken where it alone is asked for', () => {
  const [many, few] = [
    { rows: 5000, classes: 50 },
    { rows: 60, classes: 3 },
  ]
  assert.deepEqual(affordable(compared, many, 6, 10), ['linear'])
  assert.deepEqual(affordable(headNames, few, 6, 10), headNames)
})
