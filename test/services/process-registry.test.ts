// Which processes there are: written by each, read by all.
import assert from 'node:assert/strict'
import { hostname } from 'node:os'
import { test } from 'node:test'
import { readProcesses, startHeartbeat } from '../../src/services/process-registry.ts'
import { readVersion } from '../../src/version.ts'
import { makeDatabase } from '../support/database.ts'

const onError = (error: unknown): void => assert.fail(String(error))
const idle = () => ({ waiting: 0, calls: 0, trainings: 0 })

test('a process is listed with its role, shards and load until it stops', async () => {
  const app = await makeDatabase()
  const work = () => ({ waiting: 7, calls: 2, trainings: 0 })
  const gateway = await startHeartbeat(app, { role: 'gateway', work, shards: () => [3, 1], onError })
  const training = await startHeartbeat(app, { role: 'training', work: idle, onError })
  const [first, second, ...others] = await readProcesses(app)
  assert.deepEqual(others, [])
  assert.deepEqual([first?.role, first?.id, second?.role], ['gateway', gateway.id, 'training'])
  assert.deepEqual([first?.host, first?.pid, first?.version], [hostname(), process.pid, readVersion()])
  assert.deepEqual(first?.shards, [3, 1])
  assert.deepEqual([first?.load.waiting, first?.load.calls, first?.alive], [7, 2, true])
  assert.ok((first?.load.memory ?? 0) > 2 ** 20)
  await gateway.stop()
  assert.deepEqual(
    (await readProcesses(app)).map((found) => found.role),
    ['training'],
  )
  await training.stop()
  assert.deepEqual(await readProcesses(app), [])
})

test('one that says nothing counts as dead after 30 seconds, and goes from the list after an hour', async () => {
  const app = await makeDatabase()
  const old = await startHeartbeat(app, { role: 'web', work: idle, onError })
  const silence = (ms: number) =>
    app.db
      .updateTable('processes')
      .set((eb) => ({ seen_at: eb('seen_at', '-', ms) }))
      .execute()
  await silence(29_000)
  assert.equal((await readProcesses(app))[0]?.alive, true)
  await silence(1_001)
  assert.equal((await readProcesses(app))[0]?.alive, false)
  await silence(3_600_000)
  // Whoever starts next sweeps.
  const next = await startHeartbeat(app, { role: 'web', work: idle, onError })
  assert.deepEqual(
    (await readProcesses(app)).map((found) => found.id),
    [next.id],
  )
  await Promise.all([old.stop(), next.stop()])
})

test('what cannot be read of a row is left out, and the rest is listed', async () => {
  const app = await makeDatabase()
  const { stop } = await startHeartbeat(app, { role: 'all', work: idle, onError })
  await app.db.updateTable('processes').set({ shards: 'none', load: '{"waiting":-1}' }).execute()
  const [found] = await readProcesses(app)
  assert.deepEqual([found?.role, found?.shards, found?.load.waiting], ['all', [], 0])
  await stop()
})
