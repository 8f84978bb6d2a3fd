// Trainings that nobody asks for: when they run, what a restart keeps, and what a stop leaves alone.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type App, openApp } from '../../src/app.ts'
import { LOCAL_SERVER } from '../../src/db/datasets.ts'
import { listVersions } from '../../src/db/versions.ts'
import { startAutoRetrain } from '../../src/services/auto-retrain.ts'
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

const setRetraining = async (retraining: Settings['retraining']) => {
  const about = { server: LOCAL_SERVER, by: 'test', detail: { retraining } }
  await changeSettings(app.db, about, (settings) => {
    settings.retraining = retraining
  })
  app.events.emit('settingsChanged', LOCAL_SERVER)
}

const isPending = async () => (await app.ttlStore.get(`due:${dataset}`)) !== undefined

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
