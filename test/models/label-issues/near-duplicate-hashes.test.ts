import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { nearDuplicateHashes } from '../../../models/label-issues/near-duplicate-hashes.ts'
import { seededRandom } from '../../../models/random.ts'

test('near duplicates are found whichever bits differ', () => {
  const random = seededRandom(9)
  const some = Array.from({ length: 200 }, () => BigInt(Math.floor(random() * 2 ** 32)) * 4294967311n)
  const flipped = some.map((h) => [5, 17, 40, 63].reduce((v, bit) => v ^ (1n << BigInt(bit)), h) & (2n ** 64n - 1n))
  const pairs = [...nearDuplicateHashes([...some, ...flipped], 4)]
  assert.deepEqual(
    pairs.toSorted((a, b) => a[0] - b[0]),
    some.map((_, i) => [i, 200 + i]),
  )
  assert.equal([...nearDuplicateHashes([...some, ...flipped], 3)].length, 0)
})

test('the pairs are those that a comparison of all with all finds', () => {
  const ones = (v: bigint): number => v.toString(2).replaceAll('0', '').length
  const flip = fc.array(fc.bigInt(0n, 63n), { maxLength: 5 })
  const hashes = fc.array(fc.tuple(fc.constantFrom(0n, 0x8000_0000_0000_0001n, 0x1234_5678_9abc_def0n), flip), {
    maxLength: 12,
  })
  fc.assert(
    fc.property(hashes, fc.integer({ min: 0, max: 6 }), (made, distance) => {
      const hashes = made.map(([base, bits]) => bits.reduce((v, bit) => v ^ (1n << bit), base))
      const pairs = [...nearDuplicateHashes(hashes, distance)].map(([a, b]) => `${a} ${b}`)
      const near = new Set(pairs)
      assert.equal(near.size, pairs.length, 'each pair once')
      // Of equal hashes the first stands for all; each is paired with the next.
      const first = hashes.map((h) => hashes.indexOf(h))
      for (const [i, h] of hashes.entries())
        for (let j = 0; j < i; j++) {
          const expected =
            h === hashes[j]
              ? j === hashes.lastIndexOf(h, i - 1)
              : first[i] === i && first[j] === j && ones(h ^ hashes[j]!) <= distance
          assert.equal(near.has(`${j} ${i}`), expected, `${j} ${i} at ${distance}`)
        }
    }),
  )
})
