// Training as the program does it, with real threads and a real database, while things happen.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, mock, test } from 'node:test'
import { EMBEDDED } from '../../../models/backbones/registry.ts'
import { DEFAULT_HEADS } from '../../../models/heads/names.ts'
import { deleteLabel } from '../../../src/db/labels.ts'
import { listVersions } from '../../../src/db/versions.ts'
import { parseLabel } from '../../../src/label.ts'
import { readTrainingSet } from '../../../src/services/training/read-training-set.ts'
import { trainVersion } from '../../../src/services/training/train-version.ts'
import { runToEnd } from '../../../src/workers/shared-task.ts'
import { runTrainingJob } from '../../../src/workers/training/coordinator.ts'
import { type App, openApp } from '../../support/app.ts'
import { fillDataset } from '../../support/made-up.ts'

const home = mkdtempSync(join(tmpdir(), 'mekiki-training-'))
let app: App
let dataset: number
before(async () => {
  app = await openApp(home)
  dataset = await fillDataset(app, 400, 8)
})
after(async () => {
  await app.close()
  rmSync(home, { recursive: true })
})

const start = () => trainVersion(app, dataset, { heads: DEFAULT_HEADS, budget: 0, by: 'test' })
const activeNumber = async () => (await listVersions(app.db, dataset)).find((v) => v.current)?.number

test('a version keeps what its training measured on all examples', async () => {
  const { set } = await readTrainingSet(app, dataset, { backbones: [EMBEDDED], effort: 'fast' })
  const job = { ...set, heads: [...DEFAULT_HEADS], budget: 0, robust: true }
  const { measurement } = await runToEnd(runTrainingJob(async () => job))
  assert.ok((measurement.accuracy ?? 0) > 0.8)
  const trained = await runToEnd(start())
  const version = (await listVersions(app.db, dataset)).find((v) => v.number === trained.version)
  assert.ok(version)
  assert.equal(version.summary.examples, 400)
  const summary: Record<string, unknown> = version.summary
  for (const [key, value] of Object.entries(measurement)) assert.deepEqual(summary[key], value, key)
})

test('stopped in the middle: followers are told, the active version stays, the next training ends', async () => {
  const before = await activeNumber()
  const training = start()
  assert.equal((await training.next()).done, false)
  const stopped = app.trainings.get(dataset)?.stop()
  await assert.rejects(runToEnd(training), { code: 'busy.stopping' })
  await stopped
  assert.equal(await activeNumber(), before)
  assert.equal((await runToEnd(start())).promoted, true)
})

test('a label that is deleted during a training is in that version, and in no later one', async () => {
  const training = start()
  assert.equal((await training.next()).done, false)
  await deleteLabel(app.db, dataset, { label: parseLabel('label-7'), by: 'test', as: 'manager' })
  assert.equal((await runToEnd(training)).labels, 8)
  const next = await runToEnd(start())
  assert.deepEqual([next.labels, next.examples, next.promoted], [7, 350, true])
})

test('too little memory: an error that says so, and the active version stays', async () => {
  const before = await activeNumber()
  const memory = mock.method(process, 'availableMemory', () => 100 * 2 ** 20)
  await assert.rejects(runToEnd(start()), { code: 'train.memory', message: /154 MiB of free memory.* found 100 MiB/ })
  memory.mock.restore()
  assert.equal(await activeNumber(), before)
  assert.equal((await runToEnd(start())).promoted, true)
})
