import assert from 'node:assert/strict'
import { test } from 'node:test'
import { batch } from '../../src/db/batch.ts'

test('calls of one turn are done at once, and each gets its own result', async () => {
  const batches: number[][] = []
  const double = batch<number, number>(async (items) => {
    batches.push(items)
    return items.map((n) => 2 * n)
  })
  assert.deepEqual(await Promise.all([1, 2, 3].map(double)), [2, 4, 6])
  assert.equal(await double(4), 8)
  assert.deepEqual(batches, [[1, 2, 3], [4]])
})

test('where the work fails every call of the batch fails, and the next batch is none the worse', async () => {
  const work = batch<number, number>(async (items) => {
    if (items.includes(2)) throw new Error('made up')
    return items
  })
  const outcomes = await Promise.allSettled([work(1), work(2)])
  assert.deepEqual(
    outcomes.map((o) => o.status),
    ['rejected', 'rejected'],
  )
  assert.equal(await work(3), 3)
})

test('work that forgets a result fails instead of leaving a call waiting', async () => {
  const work = batch<number, number>(async () => [])
  await assert.rejects(work(1), /Expected 1 results/)
})
