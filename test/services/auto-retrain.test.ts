// Trainings that nobody asks for: when they run, what a restart keeps, and what a stop leaves alone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { sweepAudit } from '../../src/db/audit.ts'
import { LOCAL_SERVER } from '../../src/db/datasets.ts'
import { joinServer, leaveServers, purgeServers } from '../../src/db/servers.ts'
import { listVersions } from '../../src/db/versions.ts'
import { startAutoRetrain } from '../../src/services/auto-retrain.ts'
import { nextTraining, scheduleDelay } from '../../src/services/retraining-schedule.ts'
import { changeSettings, type Settings } from '../../src/services/settings.ts'
import { trainVersion } from '../../src/services/training/train-version.ts'
import { runToEnd } from '../../src/workers/shared-task.ts'
import { type App, openApp } from '../support/app.ts'
import { fillDataset } from '../support/made-up.ts'
import { openTestApp } from '../support/test-app.ts'
import { until } from '../support/until.ts'

const { app, home } = await openTestApp()
const dataset = await fillDataset(app, 40, 2)

const setRetraining = async (retraining: Settings['retraining'], server = LOCAL_SERVER) => {
  const about = { server, by: 'test', detail: { retraining } }
  await changeSettings(app.db, about, (settings) => {
    settings.retraining = retraining
  })
  app.events.emit('settingsChanged', server)
}

const isPending = async (of = dataset) => (await app.ttlStore.get(`due:${of}`)) !== undefined

const QUICK = { quietMs: 50, lookMs: 20 }

/** What a retrainer reports, while something is done. */
async function watch(work: (reports: Record<string, unknown>[]) => Promise<void>) {
  const reports: Record<string, unknown>[] = []
  const retrainer = startAutoRetrain(app, (event) => reports.push({ ...event }), QUICK)
  try {
    await work(reports)
    // Long enough for another training to begin, which would be seen after the stop.
    await sleep(500)
  } finally {
    await retrainer.stop()
  }
  return reports
}

/** Another process on the same database. */
async function asTerminal(work: (terminal: App) => Promise<unknown>): Promise<void> {
  const terminal = await openApp(home)
  try {
    await work(terminal)
  } finally {
    await terminal.close()
  }
}

const versions = () => listVersions(app.db, dataset)
const train = (terminal: App) =>
  runToEnd(trainVersion(terminal, dataset, { heads: ['means'], budget: 0, by: 'terminal' }))
let added = 40
const addSome = async (to: App) => {
  await fillDataset(to, 4, 2, { from: added })
  added += 4
}

test('stopped, it removes its own listeners and no other', async () => {
  const heard: number[] = []
  const listen = (dataset: number) => void heard.push(dataset)
  app.events.on('trainingFinished', listen)
  const retrainer = startAutoRetrain(app, () => {})
  const names = ['examplesChanged', 'settingsChanged', 'trainingFinished'] as const
  assert.deepEqual(
    names.map((name) => app.events.listenerCount(name)),
    [1, 1, 2],
  )
  await retrainer.stop()
  assert.deepEqual(
    names.map((name) => app.events.listenerCount(name)),
    [0, 0, 1],
  )
  app.events.emit('trainingFinished', 7)
  assert.deepEqual(heard, [7])
  app.events.off('trainingFinished', listen)
})

test('what is due when the process ends is trained after the next start, as the settings say, and once', async () => {
  await setRetraining('by-hand')
  const first = await watch(() => until(isPending))
  assert.deepEqual([first, (await versions()).length], [[], 0])

  const reports = await watch(async (reports) => {
    await setRetraining('at-once')
    await until(() => reports.length > 0)
    assert.deepEqual([reports[0]?.retrained, reports[0]?.version], [dataset, 1])
    await until(async () => !(await isPending()))
  })
  assert.equal(reports.length, 1)
})

test('what the audit log no longer tells of is trained all the same', async () => {
  await setRetraining('by-hand')
  await watch(async () => {
    await addSome(app)
    app.events.emit('examplesChanged', dataset, 4)
    await until(isPending)
  })
  await sweepAudit(app.db, new Date(Date.now() + 1000))
  const reports = await watch(async (reports) => {
    await setRetraining('at-once')
    await until(() => reports.length > 0)
  })
  assert.equal(reports.length, 1)
  assert.equal((await versions()).at(-1)?.summary.examples, added)
})

test('what another process changes meanwhile is trained, once, as the settings say', async () => {
  await setRetraining('at-once')
  const before = (await versions()).length
  const reports = await watch(async (reports) => {
    await asTerminal(addSome)
    await until(() => reports.length > 0)
    await until(async () => !(await isPending()))
  })
  assert.deepEqual(
    reports.map(({ retrained, version }) => [retrained, version]),
    [[dataset, before + 1]],
  )
  assert.equal((await versions()).at(-1)?.summary.examples, added)
})

test('what another process changes while this one does not run is trained after the next start', async () => {
  await asTerminal(addSome)
  const reports = await watch((reports) => until(() => reports.length > 0))
  assert.equal(reports.length, 1)
  assert.equal((await versions()).at(-1)?.summary.examples, added)
})

test('what another process changes and trains is not trained again, while this one runs and after it starts', async () => {
  const before = (await versions()).length
  await asTerminal(async (terminal) => {
    await addSome(terminal)
    const reports = await watch(async () => {
      await setRetraining('by-hand')
      await addSome(terminal)
      await until(isPending)
      await train(terminal)
      await setRetraining('at-once')
      await until(async () => !(await isPending()))
    })
    assert.deepEqual(reports, [])
    await addSome(terminal)
    await train(terminal)
  })
  assert.deepEqual(await watch(async () => {}), [])
  assert.deepEqual((await versions()).slice(before).length, 2)
})

test('a version of an older program, which does not know what it read, is not trained again for nothing', async () => {
  await app.db
    .updateTable('versions')
    .set({ measurement: sql`json_remove(cast(json_remove(measurement, '$.changeMark') as text), '$.lastExample')` })
    .execute()
  assert.equal((await versions()).at(-1)?.summary.changeMark, undefined)
  assert.deepEqual(await watch(async () => {}), [])
  await asTerminal(addSome)
  assert.equal((await watch((reports) => until(() => reports.length > 0))).length, 1)
})

test('what belongs to a deleted dataset goes with it, and settings of other servers still count', async () => {
  for (const server of ['1', '2']) {
    await joinServer(app.db, server)
    await setRetraining('by-hand', server)
  }
  const [gone, unannounced, stays] = [
    await fillDataset(app, 4, 2, { server: '1' }),
    await fillDataset(app, 4, 2, { server: '3' }),
    await fillDataset(app, 40, 2, { server: '2' }),
  ]
  const reports: Record<string, unknown>[] = []
  const retrainer = startAutoRetrain(app, (event) => reports.push({ ...event }), QUICK)
  app.classifiers.set(gone, { version: 1, bytes: 0, ready: Promise.resolve(undefined) })
  for (const id of [gone, unannounced, stays]) app.events.emit('examplesChanged', id, 1)
  await until(async () => (await isPending(gone)) && (await isPending(unannounced)) && (await isPending(stays)))
  await leaveServers(app.db, ['1'])
  assert.deepEqual(await purgeServers(app.db, new Date(Date.now() + 1000)), ['1'])
  app.events.emit('datasetsDeleted', [gone])
  // Deleted by another process: nobody announces it.
  await app.db.deleteFrom('datasets').where('id', '=', unannounced).execute()
  await until(async () => !(await isPending(gone)))
  assert.equal(app.classifiers.has(gone), false)
  app.events.emit('examplesChanged', unannounced, 1)
  await until(async () => !(await isPending(unannounced)))
  await setRetraining('at-once', '2')
  await until(() => reports.length > 0)
  await retrainer.stop()
  assert.deepEqual(
    reports.map((r) => r.retrained ?? r),
    [stays],
  )
})

test('the same schedule comes at another time for each dataset, within half an hour, and always the same', () => {
  const day = new Date(2026, 0, 1)
  const four = new Date(2026, 0, 1, 4).getTime()
  const times = Array.from({ length: 200 }, (_, id) => nextTraining({ cron: '0 4 * * *' }, id, day)?.getTime() ?? 0)
  assert.ok(times.every((at) => at >= four && at < four + 30 * 60_000))
  assert.equal(new Set(times).size, 200)
  const inWait = new Date(four + scheduleDelay(7) - 1)
  assert.equal(nextTraining({ cron: '0 4 * * *' }, 7, inWait)?.getTime(), times[7])
  assert.equal(
    nextTraining({ cron: '0 4 * * *' }, 7, new Date(times[7] ?? 0))?.getTime(),
    four + 24 * 3600_000 + scheduleDelay(7),
  )
})
