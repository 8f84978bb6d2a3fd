// Trainings that nobody asks for, on PostgreSQL: what is due is in the database, whichever process looks, and whichever dies.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { type App, openApp } from '../../src/app.ts'
import { listVersions } from '../../src/db/versions.ts'
import { changeSettings, type Settings } from '../../src/services/settings.ts'
import { startTrainer, type Trainer } from '../../src/services/training/trainer.ts'
import { fillDataset } from '../support/made-up.ts'
import { postgresUrl, skipWithoutPostgres } from '../support/postgres.ts'
import { TrainerProcess } from '../support/trainers.ts'
import { until } from '../support/until.ts'

const options = { skip: skipWithoutPostgres }
const home = mkdtempSync(join(tmpdir(), 'mekiki-due-'))
const databaseUrl = skipWithoutPostgres ? undefined : await postgresUrl()
/** None without a PostgreSQL: then no test asks for it. */
const opened = databaseUrl === undefined ? [] : [await openApp(home, { databaseUrl })]
after(async () => {
  for (const app of opened) await app.close()
  rmSync(home, { recursive: true })
})
const theApp = (): App => {
  const [app] = opened
  assert.ok(app)
  return app
}

const set = async (server: string, settings: Partial<Settings>): Promise<void> =>
  void (await changeSettings(
    theApp().db,
    { server, by: 'test', detail: settings },
    (s) => void Object.assign(s, settings),
  ))

const readDue = (dataset: number) =>
  theApp().db.selectFrom('due').selectAll().where('dataset', '=', dataset).executeTakeFirst()

const isLookedAt = async (dataset: number) => ((await readDue(dataset))?.looked_at ?? null) !== null
const versions = async (dataset: number) => (await listVersions(theApp().db, dataset)).map(({ number }) => number)

/** Trains in this process, as another one would. */
async function whileTraining(work: (reports: Record<string, unknown>[]) => Promise<void>): Promise<void> {
  const app = theApp()
  assert.ok(app.jobs)
  const reports: Record<string, unknown>[] = []
  const trainers: Trainer[] = [1, 2].map(() => {
    assert.ok(app.jobs)
    const onError = (error: unknown): void => void reports.push({ error })
    const report = (event: object): void => void reports.push({ ...event })
    return startTrainer(app, { jobs: app.jobs.ofTrainer(onError), report, onError, quietMs: 100, pollMs: 50 })
  })
  try {
    await work(reports)
  } finally {
    for (const trainer of trainers) await trainer.stop()
  }
  assert.deepEqual(
    reports.filter(({ error }) => error),
    [],
  )
}

test('what changed while nobody trained is trained once, by whichever process comes first', options, async () => {
  const dataset = await fillDataset(theApp(), 40, 2, { server: 'once' })
  assert.equal((await readDue(dataset))?.looked_at, null)
  await whileTraining(async (reports) => {
    await until(async () => (await readDue(dataset)) === undefined)
    assert.deepEqual(
      reports.map(({ retrained, version }) => [retrained, version]),
      [[dataset, 1]],
    )
    await fillDataset(theApp(), 4, 2, { server: 'once', from: 40 })
    await until(async () => (await readDue(dataset)) === undefined)
  })
  const trained = await listVersions(theApp().db, dataset)
  assert.deepEqual(trained.at(-1)?.summary.examples, 44)
})

test('it waits for as many changes as the settings say, and for their change', options, async () => {
  await set('many', { retraining: 'by-hand' })
  const dataset = await fillDataset(theApp(), 12, 2, { server: 'many' })
  await whileTraining(async () => {
    await until(() => isLookedAt(dataset))
    assert.deepEqual(await versions(dataset), [])
    await set('many', { retraining: 'after', every: 20 })
    await until(() => isLookedAt(dataset))
    assert.deepEqual(await versions(dataset), [])
    await fillDataset(theApp(), 8, 2, { server: 'many', from: 12 })
    await until(async () => (await readDue(dataset)) === undefined)
    assert.deepEqual(await versions(dataset), [1])
  })
})

test('a schedule is a moment in the database, which another process keeps', options, async () => {
  await set('cron', { retraining: 'schedule', trainAt: 4, timeZone: 'UTC' })
  const dataset = await fillDataset(theApp(), 12, 2, { server: 'cron' })
  await whileTraining(() => until(() => isLookedAt(dataset)))
  const at = (await readDue(dataset))?.at ?? 0
  assert.ok(at > Date.now())
  assert.deepEqual(await versions(dataset), [])
  await theApp().db.updateTable('due').set({ at: 1 }).where('dataset', '=', dataset).execute()
  await whileTraining(() => until(async () => (await readDue(dataset)) === undefined))
  assert.deepEqual(await versions(dataset), [1])
})

test('what cannot be trained is tried again when something changes, and not before', options, async () => {
  const dataset = await fillDataset(theApp(), 4, 2, { server: 'few', only: 0 })
  await theApp().db.updateTable('datasets').set({ backbone: 'gone@1' }).where('id', '=', dataset).execute()
  await whileTraining(async (reports) => {
    await until(() => reports.some(({ notRetrained }) => notRetrained === dataset))
    await until(async () => (await isLookedAt(dataset)) && (await readDue(dataset))?.at === null)
    assert.equal(reports.length, 1)
  })
})

test('a process that dies in the quiet before a training forgets nothing', options, async () => {
  assert.ok(databaseUrl)
  const first = await TrainerProcess.start(databaseUrl)
  const dataset = await fillDataset(theApp(), 40, 2, { server: 'killed' })
  await first.kill()
  assert.deepEqual(await versions(dataset), [])
  const second = await TrainerProcess.start(databaseUrl, { quietMs: 0 })
  await until(async () => (await readDue(dataset)) === undefined)
  assert.deepEqual(second.wrote, [dataset])
  await second.stop()
})
