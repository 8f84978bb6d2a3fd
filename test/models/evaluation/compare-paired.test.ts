import assert from 'node:assert/strict'
import { test } from 'node:test'
import { comparePaired } from '../../../models/evaluation/compare-paired.ts'

const rows = (text: string): Int8Array => Int8Array.from(text, (c) => (c === '-' ? -1 : Number(c)))

test('only rows on which one alone was right tell anything', () => {
  assert.deepEqual(comparePaired(rows('1110011'), rows('1110000')), { wins: 2, losses: 0, chance: 0.25 })
  assert.deepEqual(comparePaired(rows('111'), rows('111')), { wins: 0, losses: 0, chance: 1 })
})

test('rows that one of them has not measured do not count', () => {
  assert.deepEqual(comparePaired(rows('1-11'), rows('00-1')), { wins: 1, losses: 0, chance: 0.5 })
})

test('the chance is that of tossing a coin: 8 or more of 10 heads', () => {
  const { wins, losses, chance } = comparePaired(rows('1111111100'), rows('0000000011'))
  assert.deepEqual([wins, losses], [8, 2])
  assert.ok(Math.abs(chance - 56 / 1024) < 1e-12)
})

test('thousands of rows do not overflow', () => {
  const wins = new Int8Array(5000).fill(1, 0, 2600)
  const { chance } = comparePaired(
    wins,
    wins.map((hit) => 1 - hit),
  )
  assert.ok(chance > 0.001 && chance < 0.004, String(chance))
})
