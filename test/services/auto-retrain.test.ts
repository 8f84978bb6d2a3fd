// Trainings that nobody asks for: when they run, what a restart keeps, and what a stop leaves alone.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type App, openApp } from '../../src/app.ts'
import { LOCAL_SERVER } from '../../src/db/datasets.ts'
import { joinServer, leaveServer, purgeServers } from '../../src/db/servers.ts'
import { listVersions } from '../../src/db/versions.ts'
import { startAutoRetrain } from '../../src/services/auto-retrain.ts'
import { nextTraining, scheduleDelay } from '../../src/services/retraining-schedule.ts'
import { changeSettings, type Settings } from '../../src/services/settings.ts'
import { fillDataset } from '../support/made-up.ts'

const home = mkdtempSync(join(tmpdir(), 'mekiki-retrain-'))
let app: App
let dataset: number
before(async () => {
  app = await openApp(home)
  dataset = await fillDataset(app, 40, 2)
})
after(async () => {
  await app.close()
  rmSync(home, { recursive: true })
})

const setRetraining = async (retraining: Settings['retraining'], server = LOCAL_SERVER) => {
  const about = { server, by: 'test', detail: { retraining } }
  await changeSettings(app.db, about, (settings) => {
    settings.retraining = retraining
  })
  app.events.emit('settingsChanged', server)
}

const isPending = async (of = dataset) => (await app.ttlStore.get(`due:${of}`)) !== undefined

async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 1200; i++) {
    if (await isTrue()) return
    await sleep(50)
  }
  assert.fail('it never came true')
}

test('stopped, it removes its own listeners and no other', async () => {
  const heard: number[] = []
  const listen = (dataset: number) => void heard.push(dataset)
  app.events.on('trainingFinished', listen)
  const retrainer = startAutoRetrain(app, () => {})
  const names = ['examplesChanged', 'settingsChanged', 'trainingStarted', 'trainingFinished'] as const
  assert.deepEqual(
    names.map((name) => app.events.listenerCount(name)),
    [1, 1, 1, 2],
  )
  await retrainer.stop()
  assert.deepEqual(
    names.map((name) => app.events.listenerCount(name)),
    [0, 0, 0, 1],
  )
  app.events.emit('trainingFinished', 7)
  assert.deepEqual(heard, [7])
  app.events.off('trainingFinished', listen)
})

test('what is due when the process ends is trained after the next start, as the settings say', async () => {
  await setRetraining('by-hand')
  const first = startAutoRetrain(app, () => {})
  app.events.emit('examplesChanged', dataset, 3)
  await until(isPending)
  await first.stop()
  assert.equal((await listVersions(app.db, dataset)).length, 0)

  const reports: Record<string, unknown>[] = []
  const second = startAutoRetrain(app, (event) => reports.push({ ...event }))
  await setRetraining('at-once')
  await until(() => reports.length > 0)
  assert.deepEqual([reports[0]?.retrained, reports[0]?.version], [dataset, 1])
  await until(async () => !(await isPending()))
  await second.stop()
  assert.equal(reports.length, 1)
})

test('what another process changes meanwhile is trained, once, as the settings say', async () => {
  await setRetraining('at-once')
  const reports: Record<string, unknown>[] = []
  const versions = (await listVersions(app.db, dataset)).length
  const retrainer = startAutoRetrain(app, (event) => reports.push({ ...event }), 20)
  const terminal = await openApp(home)
  await sleep(200)
  await fillDataset(terminal, 10, 2, { from: 40 })
  await terminal.close()
  await until(() => reports.length > 0)
  await until(async () => !(await isPending()))
  assert.deepEqual([reports[0]?.retrained, reports[0]?.version], [dataset, versions + 1])
  assert.equal((await listVersions(app.db, dataset)).at(-1)?.summary.examples, 50)
  // The training itself, and what was trained already, start nothing.
  await sleep(200)
  assert.equal(await isPending(), false)
  await retrainer.stop()
  assert.equal(reports.length, 1)
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
  const retrainer = startAutoRetrain(app, (event) => reports.push({ ...event }))
  app.classifiers.set(gone, { version: 1, ready: Promise.resolve(undefined) })
  for (const id of [gone, unannounced, stays]) app.events.emit('examplesChanged', id, 1)
  await until(async () => (await isPending(gone)) && (await isPending(unannounced)) && (await isPending(stays)))
  await leaveServer(app.db, '1')
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
  const times = Array.from({ length: 200 }, (_, id) => nextTraining('0 4 * * *', id, day)?.getTime() ?? 0)
  assert.ok(times.every((at) => at >= four && at < four + 30 * 60_000))
  assert.equal(new Set(times).size, 200)
  const inWait = new Date(four + scheduleDelay(7) - 1)
  assert.equal(nextTraining('0 4 * * *', 7, inWait)?.getTime(), times[7])
  assert.equal(
    nextTraining('0 4 * * *', 7, new Date(times[7] ?? 0))?.getTime(),
    four + 24 * 3600_000 + scheduleDelay(7),
  )
})
