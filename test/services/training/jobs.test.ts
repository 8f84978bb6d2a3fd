// Trainings of a cluster: processes that train, processes that ask, and what becomes of a training whose process dies.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { type App, openApp } from '../../../src/app.ts'
import { openDataset } from '../../../src/db/datasets.ts'
import { setWithdrawn } from '../../../src/db/people.ts'
import { listVersions } from '../../../src/db/versions.ts'
import { trainVersion } from '../../../src/services/training/train-version.ts'
import { runToEnd } from '../../../src/workers/shared-task.ts'
import { fillDataset } from '../../support/made-up.ts'
import { postgresUrl, skipWithoutPostgres } from '../../support/postgres.ts'
import { TrainerProcess } from '../../support/trainers.ts'

const options = { skip: skipWithoutPostgres }

/** A cluster's database, and a process that only asks. */
async function openCluster(): Promise<{ app: App; url: string }> {
  const url = await postgresUrl()
  const home = mkdtempSync(join(tmpdir(), 'mekiki-jobs-'))
  const app = await openApp(home, { databaseUrl: url })
  after(async () => {
    await app.close()
    rmSync(home, { recursive: true })
  })
  return { app, url }
}

const start = (app: App, dataset: number) => trainVersion(app, dataset, { heads: ['means'], budget: 0, by: 'test' })

/** Leases last the least that pg-boss allows, so that a test need not wait for twice as long. */
async function shortenLeases(app: App): Promise<void> {
  // With the first question, the schema of the jobs is made.
  await app.jobs?.find(0)
  await sql`update mekiki_jobs.queue set heartbeat_seconds = 10`.execute(app.db)
}

test(
  'whoever asks gets progress and outcome from a process that trains, and the error that a person can mend',
  options,
  async () => {
    const { app, url } = await openCluster()
    const trainer = await TrainerProcess.start(url, { standsStill: true })
    const dataset = await fillDataset(app, 40, 2)
    const asked = start(app, dataset)
    const progress = await asked.next()
    assert.ok(!progress.done && progress.value.done >= 0)
    await trainer.until((said) => said.some(({ computes }) => computes))
    trainer.signal('SIGCONT')
    const outcome = await runToEnd(asked)
    assert.deepEqual([outcome.version, outcome.examples, outcome.promoted], [1, 40, true])
    assert.deepEqual(trainer.wrote, [dataset])
    const empty = await openDataset(app.db, { server: 'empty', name: 'main', create: true })
    await assert.rejects(runToEnd(start(app, empty)), { code: 'train.too-few-labels', values: { found: 0 } })
    await assert.rejects(runToEnd(start(app, 999)), { code: 'dataset.gone' })
    await trainer.stop()
    assert.deepEqual(
      trainer.said.filter(({ problem }) => problem),
      [],
    )
  },
)

test(
  'several who ask share a training that has seen what all of them changed, and one more follows a change',
  options,
  async () => {
    const { app, url } = await openCluster()
    const dataset = await fillDataset(app, 40, 2)
    await fillDataset(app, 40, 2, { from: 40, by: 'mallory' })
    const trainer = await TrainerProcess.start(url, { standsStill: true })
    const first = start(app, dataset)
    assert.equal((await first.next()).done, false)
    // It has read what it learns from: what follows is a change of that.
    await trainer.until((said) => said.some(({ computes }) => computes))
    const same = start(app, dataset)
    assert.equal((await same.next()).done, false)
    await setWithdrawn(app.db, dataset, { teacher: 'mallory', by: 'test', withdrawn: true })
    trainer.signal('SIGCONT')
    const followUps = await Promise.all([start(app, dataset), start(app, dataset)].map(runToEnd))
    const [a, b] = await Promise.all([runToEnd(first), runToEnd(same)])
    assert.deepEqual([a.version, b.version, a.examples], [1, 1, 80])
    assert.deepEqual(
      followUps.map((trained) => [trained.version, trained.examples]),
      Array(2).fill([2, 40]),
    )
  },
)

test('where nobody trains, whoever asks trains', options, async () => {
  const { app } = await openCluster()
  const dataset = await fillDataset(app, 40, 2)
  assert.equal((await runToEnd(start(app, dataset))).version, 1)
  assert.equal(await app.jobs?.areTaken(), false)
})

test(
  'one trainer is killed, one stands still and comes back: every dataset is trained once, and the one that comes back writes nothing',
  options,
  async () => {
    const { app, url } = await openCluster()
    await shortenLeases(app)
    const datasets: number[] = []
    for (let i = 0; i < 5; i++) datasets.push(await fillDataset(app, 40, 2, { server: `${i}` }))
    const [killed, stuck] = [await TrainerProcess.start(url), await TrainerProcess.start(url)]
    const asked = datasets.map((dataset) => runToEnd(start(app, dataset)))
    await killed.until((said) => said.some(({ began }) => began !== undefined))
    await killed.kill()
    await stuck.until((said) => said.some(({ began }) => began !== undefined))
    stuck.signal('SIGSTOP')
    const before = [...killed.wrote, ...stuck.wrote]
    const third = await TrainerProcess.start(url)
    const outcomes = await Promise.all(asked)
    const after = [...before, ...third.wrote].toSorted((a, b) => a - b)
    stuck.signal('SIGCONT')
    // What it held is in other hands: it ends quietly, and takes the next one.
    const again = runToEnd(start(app, datasets[0] ?? 0))
    await again
    await Promise.all([stuck.stop(), third.stop()])
    assert.deepEqual(
      outcomes.map(({ version }) => version),
      Array(5).fill(1),
    )
    assert.deepEqual(after, datasets)
    for (const dataset of datasets.slice(1))
      assert.deepEqual(
        (await listVersions(app.db, dataset)).map(({ number, current }) => [number, current]),
        [[1, true]],
      )
    assert.deepEqual(
      [...stuck.said, ...third.said].filter(({ problem }) => problem),
      [],
    )
  },
)

test('a stop of the process that trains gives its training back at once', options, async () => {
  const { app, url } = await openCluster()
  const dataset = await fillDataset(app, 120, 4)
  const first = await TrainerProcess.start(url)
  const asked = runToEnd(trainVersion(app, dataset, { heads: ['svm'], budget: 0, by: 'test' }))
  await first.until((said) => said.some(({ began }) => began !== undefined))
  const second = await TrainerProcess.start(url)
  await first.stop()
  assert.equal((await asked).version, 1)
  assert.deepEqual([...first.wrote, ...second.wrote], [dataset])
})
