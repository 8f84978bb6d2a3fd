// Trainings that are asked for while others wait or run.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { registry } from '../../../commands/registry.ts'
import withdraw from '../../../commands/server/withdraw.ts'
import { LOCAL_SERVER } from '../../../src/db/datasets.ts'
import { setWithdrawn } from '../../../src/db/people.ts'
import { listVersions } from '../../../src/db/versions.ts'
import { trainVersion } from '../../../src/services/training/train-version.ts'
import { runToEnd } from '../../../src/workers/shared-task.ts'
import { type App, openApp } from '../../support/app.ts'
import { fillDataset } from '../../support/made-up.ts'

const home = mkdtempSync(join(tmpdir(), 'mekiki-queue-'))
let app: App
let dataset: number
before(async () => {
  app = await openApp(home)
  dataset = await fillDataset(app, 40, 2)
  await fillDataset(app, 40, 2, { from: 40, by: 'mallory' })
})
after(async () => {
  await app.close()
  rmSync(home, { recursive: true })
})

const start = (of = dataset) => trainVersion(app, of, { heads: ['linear'], budget: 0, by: 'test' })

/** A training that has read its examples. */
async function startReading() {
  const training = start()
  for (;;) {
    const step = await training.next()
    assert.ok(!step.done)
    if (step.value.of === 'percent') return training
  }
}

const restore = () => setWithdrawn(app.db, dataset, { teacher: 'mallory', by: 'test', withdrawn: false })

test('what is withdrawn while a training runs is in no version that is reported as trained without it', async () => {
  const running = await startReading()
  const results = []
  const person = { app, dataset, server: LOCAL_SERVER, by: 'test', requireAccess: () => {}, commands: registry }
  for await (const event of withdraw.run({ ...person, options: { teacher: 'mallory', yes: true } }))
    if ('result' in event) results.push(event.result)
  const before = await runToEnd(running)
  assert.equal(before.examples, 80)
  const [withdrawn] = results
  assert.deepEqual(withdrawn?.values, {
    teacher: 'mallory',
    examples: 40,
    version: before.version + 1,
    active: before.version + 1,
  })
  const versions = await listVersions(app.db, dataset)
  assert.equal(versions.at(-1)?.summary.examples, 40)
  await restore()
})

test('all who come after a change share one training that follows; without a change they share the one that runs', async () => {
  const first = await startReading()
  const same = start()
  assert.equal((await same.next()).done, false)
  await setWithdrawn(app.db, dataset, { teacher: 'mallory', by: 'test', withdrawn: true })
  const followUps = await Promise.all([start(), start(), start()].map(runToEnd))
  const [a, b] = await Promise.all([runToEnd(first), runToEnd(same)])
  assert.deepEqual([a.version, a.examples], [b.version, 80])
  assert.deepEqual(
    followUps.map((f) => [f.version, f.examples]),
    Array(3).fill([a.version + 1, 40]),
  )
  await restore()
})

test('datasets of many servers are trained a few at a time, and each in its turn', async () => {
  const datasets: number[] = []
  for (let i = 0; i < 5; i++) datasets.push(await fillDataset(app, 40, 2, { server: `${i}` }))
  let running = 0
  let most = 0
  app.events.on('trainingStarted', () => (most = Math.max(most, ++running)))
  app.events.on('trainingFinished', () => running--)
  const trained = await Promise.all(datasets.map((of) => runToEnd(start(of))))
  assert.ok(trained.every((t) => t.promoted))
  assert.ok(most <= Math.max(1, Math.floor(availableParallelism() / 2)), `${most} at once`)
})

test('stopped with the one that it waits for, both end, and nothing was begun', async () => {
  const first = await startReading()
  await setWithdrawn(app.db, dataset, { teacher: 'mallory', by: 'test', withdrawn: true })
  const second = runToEnd(start())
  const refused = Promise.all(
    [first, second].map((t) => assert.rejects('next' in t ? runToEnd(t) : t, { code: 'busy.stopping' })),
  )
  while (app.trainings.get(dataset)?.mark !== undefined) await new Promise(setImmediate)
  const numbers = async () => (await listVersions(app.db, dataset)).map((v) => v.number)
  const before = await numbers()
  await app.trainings.get(dataset)?.stop()
  await refused
  assert.deepEqual(await numbers(), before)
  assert.equal(app.trainings.size, 0)
})
