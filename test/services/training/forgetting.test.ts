// What becomes of versions that learned from pictures which are then forgotten.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { backUpDatabase } from '../../../src/db/backup.ts'
import { restoreDatabase } from '../../../src/db/backup-restore.ts'
import { removeExample } from '../../../src/db/examples.ts'
import { forgetPerson } from '../../../src/db/forget-person.ts'
import { forgetPicture } from '../../../src/db/forget-picture.ts'
import { deleteLabel } from '../../../src/db/labels.ts'
import { readTrainingExamples } from '../../../src/db/training-examples.ts'
import { listVersions } from '../../../src/db/versions.ts'
import { parseLabel } from '../../../src/label.ts'
import { loadActiveClassifier } from '../../../src/services/active-classifier.ts'
import { forgetEverythingOf } from '../../../src/services/forgetting.ts'
import { trainVersion } from '../../../src/services/training/train-version.ts'
import { runToEnd } from '../../../src/workers/shared-task.ts'
import { type App, openApp } from '../../support/app.ts'
import { fillDataset } from '../../support/made-up.ts'

const homes: string[] = []
const apps: App[] = []
after(async () => {
  for (const app of apps) await app.close()
  for (const home of homes) rmSync(home, { recursive: true, force: true })
})

async function open(home = mkdtempSync(join(tmpdir(), 'mekiki-forgetting-'))): Promise<{ app: App; home: string }> {
  const app = await openApp(home, { readers: 1 })
  apps.push(app)
  homes.push(home)
  return { app, home }
}

async function close(app: App): Promise<void> {
  apps.splice(apps.indexOf(app), 1)
  await app.close()
}

const start = (app: App, dataset: number) => trainVersion(app, dataset, { heads: ['means'], budget: 0, by: 'test' })
const train = (app: App, dataset: number) => runToEnd(start(app, dataset))
const numbers = async ({ db }: App, dataset: number) => (await listVersions(db, dataset)).map((v) => v.number)
const isTrained = async (app: App, dataset: number) => (await loadActiveClassifier(app, dataset)) !== undefined

/** Two labels of bob's, of which alice added the second. */
async function makeTwoLabels(app: App, server = 's'): Promise<number> {
  await fillDataset(app, 8, 2, { server, by: 'bob', only: 0 })
  return fillDataset(app, 8, 2, { server, by: 'alice', only: 1 })
}

test('where no label is left, what learned from them is deleted at once, and no number is given twice', async () => {
  const { app } = await open()
  const dataset = await fillDataset(app, 8, 2, { server: 's', by: 'alice' })
  await train(app, dataset)
  await train(app, dataset)
  assert.equal(await isTrained(app, dataset), true)
  assert.equal(await forgetEverythingOf(app, { server: 's', by: 'alice' }), 8)
  assert.deepEqual(await numbers(app, dataset), [])
  assert.equal(await isTrained(app, dataset), false)
  await assert.rejects(train(app, dataset), { code: 'train.too-few-labels' })
  await fillDataset(app, 8, 2, { server: 's', by: 'bob', from: 100 })
  const { version, reason } = await train(app, dataset)
  assert.deepEqual([version, reason], [3, 'first'])
})

test('where one label is left, the next training replaces what learned from the others', async () => {
  const { app } = await open()
  const dataset = await makeTwoLabels(app)
  await train(app, dataset)
  await train(app, dataset)
  assert.equal(await forgetEverythingOf(app, { server: 's', by: 'alice' }), 4)
  assert.deepEqual(await numbers(app, dataset), [1, 2])
  const { version, reason, labels } = await train(app, dataset)
  assert.deepEqual([version, reason, labels], [3, 'forgotten', 1])
  assert.deepEqual(await numbers(app, dataset), [3])
})

test('a version that was being trained meanwhile is deleted, too', async () => {
  const { app } = await open()
  const dataset = await fillDataset(app, 8, 2, { server: 's', by: 'alice' })
  const running = start(app, dataset)
  for (let isReading = false; !isReading; ) {
    const step = await running.next()
    assert.ok(!step.done)
    isReading = step.value.of === 'percent'
  }
  await forgetPerson(app.db, { server: 's', by: 'alice' })
  await runToEnd(running)
  assert.deepEqual(await numbers(app, dataset), [])
  assert.equal(await isTrained(app, dataset), false)
})

test('where a training fails for too few labels, what learned from forgotten pictures is deleted', async () => {
  const { app } = await open()
  const dataset = await makeTwoLabels(app)
  await train(app, dataset)
  const examples = await readTrainingExamples(app.db, dataset)
  const [first, last] = [examples[0], examples.at(-1)]
  assert.ok(first && last && first.label !== last.label)
  assert.equal(await forgetPicture(app.db, dataset, { picture: first.picture, by: 'bob' }), 1)
  assert.equal(await isTrained(app, dataset), true)
  for (const { label } of [first, last])
    await deleteLabel(app.db, dataset, { label: parseLabel(label), by: 'bob', as: 'manager' })
  await assert.rejects(train(app, dataset), { code: 'train.too-few-labels' })
  assert.deepEqual(await numbers(app, dataset), [])
})

test('versions of other datasets and servers stay', async () => {
  const { app } = await open()
  const dataset = await makeTwoLabels(app)
  const other = await fillDataset(app, 8, 2, { server: 'other', by: 'bob' })
  await train(app, other)
  await train(app, dataset)
  await forgetEverythingOf(app, { by: 'alice' })
  await train(app, other)
  assert.deepEqual(await numbers(app, other), [1, 2])
})

test('versions that learned from pictures which others have removed since count, too', async () => {
  const { app } = await open()
  const dataset = await fillDataset(app, 8, 2, { server: 's', by: 'bob' })
  await fillDataset(app, 2, 2, { server: 's', by: 'alice', from: 100 })
  await train(app, dataset)
  for (const { picture, label, by } of await readTrainingExamples(app.db, dataset))
    if (by === 'alice')
      await removeExample(app.db, dataset, { label: parseLabel(label), picture, by: 'bob', as: 'manager' })
  assert.equal(await forgetEverythingOf(app, { server: 's', by: 'alice' }), 0)
  const { version, reason } = await train(app, dataset)
  assert.equal(reason, 'forgotten')
  assert.deepEqual(await numbers(app, dataset), [version])
})

test('a restored backup loses what learned from forgotten pictures, and nothing else', async () => {
  const { app, home } = await open()
  const alone = await fillDataset(app, 4, 2, { server: 'alone', by: 'alice' })
  const both = await fillDataset(app, 8, 2, { server: 'both', by: 'bob' })
  await fillDataset(app, 2, 2, { server: 'both', by: 'alice', from: 100 })
  const none = await fillDataset(app, 8, 2, { server: 'none', by: 'bob' })
  for (const dataset of [alone, both, none]) await train(app, dataset)
  const backup = join(home, 'backup.sqlite')
  await backUpDatabase(app.db, backup)
  await forgetEverythingOf(app, { by: 'alice' })
  await close(app)

  assert.equal((await restoreDatabase(home, backup, [])).forgotten, 6)
  const { app: restored } = await open(home)
  assert.deepEqual(await numbers(restored, alone), [])
  assert.equal(await isTrained(restored, alone), false)
  assert.deepEqual(await numbers(restored, both), [1])
  assert.deepEqual([(await train(restored, both)).reason, await numbers(restored, both)], ['forgotten', [2]])
  await train(restored, none)
  assert.deepEqual(await numbers(restored, none), [1, 2])
  const due = await restored.db.selectFrom('expiring').select('key').where('key', 'like', 'due:%').execute()
  assert.deepEqual(due.map(({ key }) => key).sort(), [`due:${alone}`, `due:${both}`])
})
