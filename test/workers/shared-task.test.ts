// One piece of work with several followers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runToEnd, SharedTask } from '../../src/workers/shared-task.ts'

/** Counts to three, a step a turn of the event loop. */
async function* count(cleanUp: () => void = () => {}): AsyncGenerator<number, string> {
  try {
    for (let i = 1; i <= 3; i++) {
      yield i
      await new Promise(setImmediate)
    }
    return 'counted'
  } finally {
    cleanUp()
  }
}

async function* fail(): AsyncGenerator<number, string> {
  yield 1
  throw new Error('disk full')
}

test('every follower gets the result, the one that joins late too', async () => {
  const task = new SharedTask(count())
  const early = runToEnd(task.follow())
  await task.ended
  assert.deepEqual([await early, await runToEnd(task.follow())], ['counted', 'counted'])
})

test('it runs on when nobody follows', async () => {
  const task = new SharedTask(count())
  await task.follow().next()
  await task.ended
  assert.equal(await runToEnd(task.follow()), 'counted')
})

test('stopped, it cleans up and its followers are told', async () => {
  let cleanedUp = false
  const task = new SharedTask(count(() => (cleanedUp = true)))
  const following = runToEnd(task.follow())
  await Promise.all([task.stop(), assert.rejects(following, { code: 'busy.stopping' })])
  assert.equal(cleanedUp, true)
})

test('what the work throws, every follower gets', async () => {
  const task = new SharedTask(fail())
  await task.ended
  for (let i = 0; i < 2; i++) await assert.rejects(runToEnd(task.follow()), /disk full/)
})
