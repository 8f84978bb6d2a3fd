import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assignFolds, FOLDS } from '../../../models/cross-validation/assign-folds.ts'

/** Examples in groups of one class each. */
const examples = fc
  .array(fc.record({ class: fc.nat({ max: 4 }), size: fc.integer({ min: 1, max: 6 }) }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((groups) => ({
    y: groups.flatMap((g) => new Array<number>(g.size).fill(g.class)),
    groups: groups.flatMap((g, i) => new Array<number>(g.size).fill(i)),
  }))

test('groups are never split, and every fold is one of those asked for', () => {
  fc.assert(
    fc.property(examples, fc.integer({ min: 2, max: 7 }), fc.nat(), ({ y, groups }, folds, seed) => {
      const assigned = assignFolds(y, { groups, folds, seed })
      const foldOf = new Map<number, number>()
      for (const [i, fold] of assigned.entries()) {
        assert.ok(fold < folds)
        assert.equal(foldOf.get(groups[i]!) ?? fold, fold)
        foldOf.set(groups[i]!, fold)
      }
    }),
  )
})

test('classes are spread evenly: folds differ by one picture of a class at most where pictures stand alone', () => {
  const y = Uint32Array.from({ length: 137 }, (_, i) => (i * 7) % 4)
  const folds = assignFolds(y, { groups: y.keys().toArray() })
  for (const c of [0, 1, 2, 3]) {
    const counts = Array.from(
      { length: FOLDS },
      (_, f) => [...y.keys()].filter((i) => y[i] === c && folds[i] === f).length,
    )
    assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, `class ${c}: ${counts}`)
  }
})

test('classes are spread by pictures, not by groups: a group of four counts four', () => {
  const y = new Uint32Array(8)
  const folds = assignFolds(y, { groups: [0, 0, 0, 0, 1, 2, 3, 4], folds: 2 })
  assert.deepEqual([...folds].slice(4), new Array(4).fill(1 - folds[0]!))
})

test('classes of one picture each fill all folds, not the first alone', () => {
  const y = Uint32Array.from({ length: 10 }, (_, i) => i)
  const folds = assignFolds(y, { groups: y })
  const counts = Array.from({ length: FOLDS }, (_, f) => folds.filter((fold) => fold === f).length)
  assert.deepEqual(counts, [2, 2, 2, 2, 2])
})

test('the same seed gives the same folds, another one others', () => {
  const y = Uint32Array.from({ length: 60 }, (_, i) => i % 3)
  const assign = (seed: number): Uint8Array => assignFolds(y, { groups: y.keys().toArray(), seed })
  assert.deepEqual(assign(1), assign(1))
  assert.notDeepEqual(assign(1), assign(2))
})
