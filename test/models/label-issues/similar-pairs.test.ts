import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PairList } from '../../../models/label-issues/pair-list.ts'
import { visitSimilarPairs } from '../../../models/label-issues/similar-pairs.ts'
import { dotOfRows, packRows } from '../../../models/numbers/rows.ts'
import { seededRandom } from '../../../models/random.ts'

/** More than one block in both directions. */
const N = 2500
const THINGS = 800

test('blocks find the pairs that a comparison of all with all finds', () => {
  const random = seededRandom(3)
  const things = Array.from({ length: THINGS }, () => Float32Array.from({ length: 64 }, () => random() ** 6))
  const thingOf = Array.from({ length: N }, () => Math.floor(random() * THINGS))
  const z = packRows(thingOf.map((t) => things[t]!.map((v) => v + 0.001 * random())))
  const all = Array.from({ length: N }, (_, i) => i)
  const some = all.filter((i) => i % 3 === 0)
  const threshold = 0.95
  const expected = new Set<string>()
  const expectedOfAll = new Set<string>()
  for (const a of all)
    for (let b = 0; b < a; b++) {
      if (dotOfRows(z, a, b) < threshold) continue
      expectedOfAll.add(`${b} ${a}`)
      if (a % 3 === 0 || b % 3 === 0) expected.add(`${b} ${a}`)
    }
  assert.ok(expected.size > 100)
  const found = (some: number[]): Set<string> => {
    const list = new PairList(N)
    visitSimilarPairs(z, { some, all, threshold }, (a, b, similarity) => list.add(a, b, similarity))
    return new Set(list.pairs.map(({ a, b }) => `${a} ${b}`))
  }
  assert.deepEqual([...found(some)].sort(), [...expected].sort())
  assert.deepEqual([...found(all)].sort(), [...expectedOfAll].sort())
})
