// The queue of pictures: bounded, and fair among those who share it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FairQueue } from '../../src/workers/fair-queue.ts'

/** Jobs that end when they are told to. */
function jobs(queue: FairQueue) {
  const order: string[] = []
  const ends: (() => void)[] = []
  const add = (share: string, name: string) =>
    queue.run(share, () => {
      order.push(name)
      return new Promise<void>((resolve) => ends.push(resolve))
    })
  const drain = async () => {
    while (ends.length > 0) {
      ends.shift()!()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { order, add, drain }
}

test('one that brings many does not hold up one that brings few', async () => {
  const queue = new FairQueue(1, 100)
  const { order, add, drain } = jobs(queue)
  const all = [...Array(10).keys()].map((i) => add('many', `many ${i}`))
  all.push(add('few', 'few 0'), add('few', 'few 1'), add('one', 'one 0'))
  await drain()
  await Promise.all(all)
  assert.ok(order.indexOf('few 0') <= 3, order.join())
  assert.ok(order.indexOf('one 0') <= 4, order.join())
  assert.ok(order.indexOf('few 1') <= 6, order.join())
  assert.equal(order.length, 13)
})

test('it never runs more than its width, and refuses what is too much', async () => {
  const queue = new FairQueue(2, 6)
  const { order, add, drain } = jobs(queue)
  const taken = [1, 2, 3, 4, 5].map((i) => add('a', `${i}`))
  assert.equal(order.length, 2)
  await assert.rejects(add('a', 'too much of one'), { code: 'busy.full' })
  taken.push(add('b', '6'), add('c', '7'), add('d', '8'))
  await assert.rejects(add('e', 'too much of all'), { code: 'busy.full' })
  await drain()
  await Promise.all(taken)
  assert.equal(order.length, 8)
  assert.equal(queue.waitingCount, 0)
})

test('stopped, it refuses what waits and lets end what runs', async () => {
  const queue = new FairQueue(1, 10)
  const { add, drain } = jobs(queue)
  const running = add('a', 'running')
  const waiting = add('a', 'waiting')
  queue.stop()
  await assert.rejects(waiting, { code: 'busy.stopping' })
  await assert.rejects(add('a', 'late'), { code: 'busy.stopping' })
  await drain()
  await running
})

test('a job that fails makes place for the next', async () => {
  const queue = new FairQueue(1, 10)
  await assert.rejects(
    queue.run('a', () => Promise.reject(new Error('no'))),
    /no/,
  )
  assert.equal(await queue.run('a', async () => 'yes'), 'yes')
})
