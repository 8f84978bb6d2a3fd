import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findConflicts, findCopies } from '../../../models/label-issues/duplicates.ts'
import { packRows, toUnitRows } from '../../../models/numbers/rows.ts'
import { seededRandom } from '../../../models/random.ts'

const [N, D, CLASSES] = [60, 200, 3]

/** Pictures with little in common; some repeat an earlier one with small changes. */
function makePictures(copies: [copy: number, of: number][]) {
  const random = seededRandom(6)
  const vectors = Array.from({ length: N }, () => Float32Array.from({ length: D }, () => random() ** 6))
  for (const [copy, of] of copies) vectors[copy] = vectors[of]!.map((v) => v + 0.001 * random())
  const z = packRows(vectors)
  toUnitRows(z)
  return { z, y: Uint32Array.from({ length: N }, (_, i) => i % CLASSES) }
}
const pairsOf = (found: { a: number; b: number }[]): string[] => found.map(({ a, b }) => `${a} ${b}`).sort()

test('copies are found under one label, conflicts under two', () => {
  const compared = {
    ...makePictures([
      [30, 3],
      [40, 2],
      [41, 5],
    ]),
    hashPairs: [] as [number, number][],
  }
  assert.deepEqual(pairsOf(findCopies(compared)), ['3 30', '5 41'])
  assert.deepEqual(pairsOf(findConflicts(compared, new Float32Array(N))), ['2 40'])
})

test('pairs whose hashes are near count whatever their features, once', () => {
  const hashPairs: [number, number][] = [
    [10, 7],
    [7, 10],
    [30, 3],
    [4, 5],
  ]
  const compared = { ...makePictures([[30, 3]]), hashPairs }
  const copies = findCopies(compared)
  assert.deepEqual(pairsOf(copies), ['3 30', '7 10'])
  assert.deepEqual(new Set(copies.map((p) => p.similarity)), new Set([1]))
  assert.deepEqual(findConflicts(compared, new Float32Array(N)), [{ a: 4, b: 5, similarity: 1 }])
})

test('conflicts are listed with the most similar first', () => {
  const compared = {
    ...makePictures([
      [40, 2],
      [50, 4],
    ]),
    hashPairs: [[7, 8]] as [number, number][],
  }
  const found = findConflicts(compared, new Float32Array(N)).map((p) => p.similarity)
  assert.equal(found.length, 3)
  assert.deepEqual(
    found,
    found.toSorted((a, b) => b - a),
  )
})

test('where pictures of a label are all much alike, none is a copy for that', () => {
  const random = seededRandom(8)
  const base = Float32Array.from({ length: D }, random)
  const z = packRows(Array.from({ length: N }, () => base.map((v) => v + 0.2 * random())))
  toUnitRows(z)
  const compared = { z, y: new Uint32Array(N), hashPairs: [] as [number, number][] }
  assert.deepEqual(findCopies(compared), [])
})
