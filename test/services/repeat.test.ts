import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { repeat } from '../../src/services/repeat.ts'
import { until } from '../support/until.ts'

test('it is never done twice at a time, and again after it failed', async () => {
  const errors: unknown[] = []
  let [running, most, times] = [0, 0, 0]
  const work = async (): Promise<void> => {
    most = Math.max(most, ++running)
    await sleep(5)
    running--
    if (++times === 2) throw new Error('away')
  }
  const repeating = repeat(work, { everyMs: 1, onError: (error) => errors.push(error) })
  await Promise.all([repeating.now(), repeating.now()])
  assert.equal(times, 1)
  await until(() => times >= 4)
  await repeating.stop()
  assert.deepEqual([most, errors.map(String)], [1, ['Error: away']])
})

test('its end waits for what runs, begins nothing more, and hides what it cut short', async () => {
  const begun = Promise.withResolvers<void>()
  let times = 0
  const work = (): Promise<void> => {
    times++
    return begun.promise
  }
  const repeating = repeat(work, { everyMs: 1, onError: (error) => assert.fail(String(error)) })
  const first = repeating.now()
  let hasEnded = false
  const end = repeating.stop().then(() => (hasEnded = true))
  await sleep(10)
  assert.equal(hasEnded, false)
  begun.reject(new Error('closed'))
  await Promise.all([end, first, repeating.now()])
  assert.equal(times, 1)
})
