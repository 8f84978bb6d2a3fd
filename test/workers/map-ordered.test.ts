// Mapping with bounded concurrency, in order.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mapOrdered } from '../../src/workers/map-ordered.ts'

/** Work whose calls end when they are told to, in any order. */
function controlledWork() {
  const ends: ((result: string) => void)[] = []
  const work = (item: number) =>
    new Promise<string>((resolve) => {
      ends[item] = resolve
    })
  const end = (item: number) => ends[item]?.(`result ${item}`)
  return { work, end, started: () => ends.length }
}

test('results come in the order of the items, whichever ends first', async () => {
  const { work, end } = controlledWork()
  const results = Array.fromAsync(mapOrdered([0, 1, 2], 3, work))
  await new Promise(setImmediate)
  for (const item of [2, 1, 0]) end(item)
  assert.deepEqual(await results, ['result 0', 'result 1', 'result 2'])
})

test('no more than `concurrency` calls run, and no item is read before it can be worked on', async () => {
  const { work, end, started } = controlledWork()
  let read = 0
  function* items() {
    for (; read < 5; ) yield read++
  }
  const results = mapOrdered(items(), 2, work)
  const first = results.next()
  await new Promise(setImmediate)
  assert.deepEqual([read, started()], [2, 2])
  end(0)
  assert.equal((await first).value, 'result 0')
  const second = results.next()
  await new Promise(setImmediate)
  assert.deepEqual([read, started()], [3, 3])
  end(1)
  await second
})

test('a failing call throws in its turn', async () => {
  const results = mapOrdered([0, 1], 2, async (item) => {
    if (item === 1) throw new Error('damaged')
    return item
  })
  assert.equal((await results.next()).value, 0)
  await assert.rejects(results.next(), /damaged/)
})
