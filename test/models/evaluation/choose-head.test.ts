import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseHead } from '../../../models/evaluation/choose-head.ts'
import type { HeadName } from '../../../models/heads/names.ts'

const N = 200

/** Of four labels as many. */
const TRUTH = Array.from({ length: N }, (_, r) => r % 4)

/** Right on all but the first `wrong` pictures. */
const head = (name: HeadName, wrong: number) => ({
  name,
  hits: Uint8Array.from({ length: N }, (_, r) => Number(r >= wrong)),
})

test('the simplest head that is as good is taken: one picture more is chance', () => {
  const { chosen, reason } = chooseHead([head('means', 11), head('svm', 10)], TRUTH)
  assert.deepEqual([chosen.name, reason], ['means', 'simplest'])
})

test('a head that is clearly better is taken', () => {
  const { chosen, reason } = chooseHead([head('means', 40), head('svm', 39), head('boosting', 10)], TRUTH)
  assert.deepEqual([chosen.name, reason], ['boosting', 'better'])
})

test('of two that are right on the same pictures the simpler one', () => {
  const { chosen, reason } = chooseHead([head('linear', 4), head('boosting', 4)], TRUTH)
  assert.deepEqual([chosen.name, reason], ['linear', 'simplest'])
})

test('one alone, or nothing measured, is said', () => {
  assert.equal(chooseHead([head('boosting', 90)], TRUTH).reason, 'only')
  const candidates = (['linear', 'boosting'] as const).map((name) => ({ name, hits: new Uint8Array(0) }))
  const { chosen, reason } = chooseHead(candidates, [])
  assert.deepEqual([chosen.name, reason], ['linear', 'unmeasured'])
})

/** One label of 540 pictures, three of three. */
const UNEQUAL = [...new Array<number>(540).fill(0), 1, 1, 1, 2, 2, 2, 3, 3, 3]

/** Right on so many of the large label and of the small ones together. */
const unequal = (name: HeadName, large: number, small: number) => ({
  name,
  hits: Uint8Array.from(UNEQUAL, (c, r) => Number(c === 0 ? r < large : r - 540 < small)),
})

test('a head that is right about more pictures and loses the small labels is not taken', () => {
  const { chosen, reason } = chooseHead([unequal('linear', 515, 6), unequal('boosting', 540, 0)], UNEQUAL)
  assert.deepEqual([chosen.name, reason], ['linear', 'simplest'])
})

test('a head that is right about more pictures and loses none of a label is taken', () => {
  const { chosen, reason } = chooseHead([unequal('linear', 500, 6), unequal('boosting', 540, 6)], UNEQUAL)
  assert.deepEqual([chosen.name, reason], ['boosting', 'better'])
})

test('a head that recognizes the small labels is not taken where it is clearly right about fewer pictures', () => {
  const { chosen } = chooseHead([unequal('linear', 540, 0), unequal('boosting', 300, 9)], UNEQUAL)
  assert.equal(chosen.name, 'linear')
})
