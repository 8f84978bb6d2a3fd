// Pictures that are all alike have n² / 2 pairs: what is held stays linear, and the groups are those of all pairs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectedComponents } from '../../../models/label-issues/connected-components.ts'
import { findConflicts, findCopies } from '../../../models/label-issues/duplicates.ts'
import { nearDuplicateHashes } from '../../../models/label-issues/near-duplicate-hashes.ts'
import { PairList, type SimilarPair } from '../../../models/label-issues/pair-list.ts'
import { packRows, toUnitRows } from '../../../models/numbers/rows.ts'
import { seededRandom } from '../../../models/random.ts'

const [N, D] = [3000, 48]
/** Pairs a row. */
const MOST = 8

/** Two things; each picture repeats one of them with small changes, so that its label has N / 2 pictures that are alike. */
function alikePictures() {
  const random = seededRandom(4)
  const things = [0, 1].map(() => Float32Array.from({ length: D }, () => random() ** 6))
  // Some pictures that have nothing in common show how far apart pictures usually are.
  const others = Array.from({ length: 2 * N }, () => Float32Array.from({ length: D }, () => random() ** 6))
  const other = Array.from({ length: N }, () => random() < 0.4)
  const isOther = (i: number): boolean => other[i] === true
  const rows = Array.from({ length: N }, (_, i) => {
    if (isOther(i)) return others[i]!
    return things[i % 2]!.map((v) => v + 0.002 * random())
  })
  const z = packRows(rows)
  toUnitRows(z)
  return { z, isOther }
}

test('3,000 pictures that are alike: pairs are linear, and each thing is one group', () => {
  const { z, isOther } = alikePictures()
  const y = Uint32Array.from({ length: N }, (_, i) => i % 2)
  const copies = findCopies({ z, y, hashPairs: [] })
  assert.ok(copies.length > N / 2 && copies.length <= MOST * N, `${copies.length} pairs`)
  const group = connectedComponents(N, copies)
  for (const thing of [0, 1]) {
    const names = new Set([...group.keys()].filter((i) => i % 2 === thing && !isOther(i)).map((i) => group[i]))
    assert.equal(names.size, 1)
  }
  const mixed = Uint32Array.from({ length: N }, (_, i) => (i >> 1) % 2)
  const conflicts = findConflicts({ z, y: mixed, hashPairs: [] }, new Float32Array(N).fill(1))
  assert.ok(conflicts.length > N / 2 && conflicts.length <= MOST * N, `${conflicts.length} pairs`)
})

test('hashes that are all near each other are visited, not held', () => {
  // All within 4 bits of each other, most of them distinct.
  const hashes = Array.from({ length: N }, (_, i) => (1n << BigInt(i % 60)) | (1n << BigInt((i * 7) % 60)))
  const y = new Uint32Array(N)
  const z = packRows(Array.from({ length: N }, (_, i) => Float32Array.from({ length: 2 }, (_, k) => (i + k) % 2)))
  toUnitRows(z)
  const copies = findCopies({ z, y, hashPairs: { [Symbol.iterator]: () => nearDuplicateHashes(hashes, 4) } })
  assert.ok(copies.length <= MOST * N)
  assert.equal(new Set(connectedComponents(N, copies)).size, 1)
})

for (const preference of ['first', 'most similar'] as const)
  test(`groups are those of all pairs, at every similarity if the most similar stay (${preference})`, () => {
    const random = seededRandom(7)
    const n = 60
    const list = new PairList(n, preference)
    const all: SimilarPair[] = []
    const best = new Float64Array(n)
    for (let k = 0; k < 20_000; k++) {
      const a = Math.floor(random() * n)
      // Three groups, so that there is something to keep apart.
      const b = (a + 3 * Math.floor(random() * (n / 3))) % n
      if (a === b) continue
      const similarity = ((a * 31 + b * 31 + a * b) % 101) / 100
      list.add(a, b, similarity)
      all.push({ a, b, similarity })
      for (const row of [a, b]) best[row] = Math.max(best[row]!, similarity)
    }
    assert.ok(list.pairs.length <= MOST * n)
    assert.equal(new Set(list.pairs.map(({ a, b }) => `${a} ${b}`)).size, list.pairs.length)
    const partition = (pairs: SimilarPair[]): string => {
      const group = connectedComponents(n, pairs)
      return group.map((name) => group.indexOf(name)).join()
    }
    assert.equal(partition(list.pairs), partition(all))
    if (preference === 'first') return
    const from = (least: number) => (pair: SimilarPair) => pair.similarity >= least
    for (const least of [0.5, 0.9, 1])
      assert.equal(partition(list.pairs.filter(from(least))), partition(all.filter(from(least))), `from ${least}`)
    for (const [row, similarity] of best.entries())
      assert.ok(
        list.pairs.some((p) => (p.a === row || p.b === row) && p.similarity === similarity),
        `best of ${row}`,
      )
  })

test('few pairs stay as they came', () => {
  const list = new PairList(10)
  list.add(3, 1, 0.9)
  list.add(1, 3, 0.95)
  list.add(2, 4, 0.8)
  assert.deepEqual(list.pairs, [
    { a: 1, b: 3, similarity: 0.9 },
    { a: 2, b: 4, similarity: 0.8 },
  ])
})
