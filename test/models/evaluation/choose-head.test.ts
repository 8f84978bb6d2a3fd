import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseHead } from '../../../models/evaluation/choose-head.ts'
import type { HeadName } from '../../../models/heads/names.ts'

const N = 200

/** Right on all but the first `wrong` pictures. */
const head = (name: HeadName, wrong: number) => ({
  name,
  hits: Uint8Array.from({ length: N }, (_, r) => Number(r >= wrong)),
})

test('the simplest head that is as good is taken: one picture more is chance', () => {
  const { chosen, reason } = chooseHead([head('means', 11), head('svm', 10)])
  assert.deepEqual([chosen.name, reason], ['means', 'simplest'])
})

test('a head that is clearly better is taken', () => {
  const { chosen, reason } = chooseHead([head('means', 40), head('svm', 39), head('boosting', 10)])
  assert.deepEqual([chosen.name, reason], ['boosting', 'better'])
})

test('of two that are right on the same pictures the simpler one', () => {
  const { chosen, reason } = chooseHead([head('linear', 4), head('boosting', 4)])
  assert.deepEqual([chosen.name, reason], ['linear', 'simplest'])
})

test('one alone, or nothing measured, is said', () => {
  assert.equal(chooseHead([head('boosting', 90)]).reason, 'only')
  const candidates = (['linear', 'boosting'] as const).map((name) => ({ name, hits: new Uint8Array(0) }))
  const { chosen, reason } = chooseHead(candidates)
  assert.deepEqual([chosen.name, reason], ['linear', 'unmeasured'])
})
