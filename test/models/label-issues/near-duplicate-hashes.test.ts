import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearDuplicateHashes } from '../../../models/label-issues/near-duplicate-hashes.ts'
import { seededRandom } from '../../../models/random.ts'

test('near duplicates are found whichever bits differ', () => {
  const random = seededRandom(9)
  const some = Array.from({ length: 200 }, () => BigInt(Math.floor(random() * 2 ** 32)) * 4294967311n)
  const flipped = some.map((h) => [5, 17, 40, 63].reduce((v, bit) => v ^ (1n << BigInt(bit)), h) & (2n ** 64n - 1n))
  const pairs = nearDuplicateHashes([...some, ...flipped], 4)
  assert.deepEqual(
    pairs.toSorted((a, b) => a[0] - b[0]),
    some.map((_, i) => [i, 200 + i]),
  )
  assert.equal(nearDuplicateHashes([...some, ...flipped], 3).length, 0)
})
