// Renaming, copying, emptying and deleting datasets in a real database, also in the middle of it.
import assert from 'node:assert/strict'
import type { Database } from '../../src/db/connection.ts'
import { copyDataset } from '../../src/db/copy-dataset.ts'
import {
  deleteDataset,
  describeDatasets,
  emptyDataset,
  purgeDatasets,
  renameDataset,
} from '../../src/db/dataset-changes.ts'
import { allDatasets, findServerOf, listDatasets, openDataset } from '../../src/db/datasets.ts'
import { countUnlearned } from '../../src/db/example-changes.ts'
import { changeSettings, readSettings } from '../../src/services/settings.ts'
import { add, makeDatabase } from '../support/database.ts'
import { test } from '../support/each-engine.ts'

const server = '100'
const by = 'ann'
const open = (db: Database, name: string) => openDataset(db, { server, name, create: true })
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error) => error.code,
  )
async function drain<T>(work: AsyncGenerator<unknown, T>): Promise<T> {
  for (;;) {
    const { done, value } = await work.next()
    if (done) return value
  }
}
const countOf = async (db: Database, table: 'pictures' | 'features' | 'examples' | 'labels' | 'datasets') =>
  (
    await db
      .selectFrom(table)
      .select((e) => e.fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow()
  ).rows

test('names compare as labels do, and ids stay', async () => {
  const { db } = await makeDatabase()
  const birds = await open(db, 'Birds')
  assert.equal(await open(db, ' birds '), birds)
  assert.equal(await codeOf(openDataset(db, { server, name: 'fish', create: false })), 'dataset.not-found')
  await renameDataset(db, { server, name: 'BIRDS', by }, 'birds')
  assert.deepEqual(await listDatasets(db, server), [{ id: birds, name: 'birds' }])
  await open(db, 'fish')
  assert.equal(await codeOf(renameDataset(db, { server, name: 'fish', by }, 'Birds')), 'dataset.exists')
  await open(db, 'main')
  assert.equal(await codeOf(renameDataset(db, { server, name: 'main', by }, 'other')), 'dataset.main')
  assert.equal(await codeOf(deleteDataset(db, { server, name: 'main', by })), 'dataset.main')
  assert.equal(await codeOf(renameDataset(db, { server: '200', name: 'birds', by }, 'other')), 'dataset.not-found')
})

test('channels follow a dataset that is renamed, and are released when it is deleted', async () => {
  const { db } = await makeDatabase()
  for (const name of ['birds', 'fish']) await open(db, name)
  await changeSettings(db, { server, by, detail: {} }, (s) => {
    s.datasets = { '1': 'birds', '2': 'fish', '3': 'birds' }
  })
  await renameDataset(db, { server, name: 'birds', by }, 'garden "birds"')
  assert.deepEqual((await readSettings(db, server)).datasets, {
    '1': 'garden "birds"',
    '2': 'fish',
    '3': 'garden "birds"',
  })
  await deleteDataset(db, { server, name: 'Garden "birds"', by })
  assert.deepEqual((await readSettings(db, server)).datasets, { '2': 'fish' })
  await deleteDataset(db, { server, name: 'fish', by })
  assert.deepEqual((await readSettings(db, server)).datasets, {})
  const actions = await db.selectFrom('audit').select(['action', 'server', 'by']).orderBy('id').execute()
  assert.deepEqual(
    actions.slice(1).map((row) => row.action),
    [
      'settings changed',
      'dataset renamed',
      'settings changed',
      'dataset deleted',
      'settings changed',
      'dataset deleted',
    ],
  )
  assert.ok(actions.every((row) => row.server === server && row.by === by))
})

test('a deleted dataset is gone at once, its rows with the next purge, and its id for ever', async () => {
  const { db } = await makeDatabase()
  const birds = await open(db, 'birds')
  const kept = await open(db, 'fish')
  for (let i = 0; i < 1200; i++) await add(db, birds, { label: `label ${i % 3}`, pixels: `bird ${i}` })
  await add(db, kept, { label: 'fish', pixels: 'fish' })
  assert.equal(await deleteDataset(db, { server, name: 'birds', by }), birds)
  assert.deepEqual(await listDatasets(db, server), [{ id: kept, name: 'fish' }])
  assert.equal(await findServerOf(db, birds), undefined)
  assert.deepEqual(await allDatasets(db), [{ id: kept, server }])
  const again = await open(db, 'birds')
  assert.ok(again > kept)
  const progress: number[] = []
  for await (const pictures of purgeDatasets(db)) progress.push(pictures)
  assert.deepEqual(progress, [500, 1000, 1200])
  for (const table of ['pictures', 'features', 'examples', 'labels'] as const) assert.equal(await countOf(db, table), 1)
  assert.equal(await countOf(db, 'datasets'), 2)
  // What was done to it stays in the server's log.
  const audit = await db.selectFrom('audit').select(['dataset', 'server']).where('action', '=', 'filed').execute()
  assert.equal(audit.filter((row) => row.server === server && row.dataset === null).length, 1200)
})

test('an emptied dataset has the same name, backbone and channels, and nothing in it', async () => {
  const { db } = await makeDatabase()
  const before = await open(db, 'main')
  await add(db, before, { label: 'cat', pixels: 'cat' })
  await db.updateTable('datasets').set({ backbone: 'photos@1', version: 3 }).where('id', '=', before).execute()
  const { old, dataset } = await emptyDataset(db, { server, name: 'main', by })
  assert.equal(old, before)
  assert.deepEqual(await describeDatasets(db, server), [
    { id: dataset, name: 'main', version: null, labels: 0, examples: 0 },
  ])
  await drain(purgeDatasets(db))
  assert.equal(await countOf(db, 'pictures'), 0)
  const row = await db.selectFrom('datasets').select('backbone').where('id', '=', dataset).executeTakeFirstOrThrow()
  assert.equal(row.backbone, 'photos@1')
})

test('a copy has all that its dataset has, is due for training, and is seen when it is whole', async () => {
  const { db } = await makeDatabase()
  const main = await open(db, 'main')
  for (let i = 0; i < 1100; i++)
    await add(db, main, { label: `label ${i % 4}`, pixels: `picture ${i}`, by: `by ${i % 2}` })
  await add(db, main, { label: 'both', pixels: 'picture 0', file: 'other.png' })
  await db.updateTable('examples').set({ state: 'excluded', vouched: 1 }).where('id', '=', 2).execute()
  const copying = copyDataset(db, { server, name: 'MAIN', to: ' Copy ', by })
  assert.deepEqual((await copying.next()).value, { done: 500, total: 1100 })
  assert.deepEqual(
    (await listDatasets(db, server)).map((d) => d.name),
    ['main'],
  )
  await drain(purgeDatasets(db))
  const copied = await drain(copying)
  assert.deepEqual({ ...copied, dataset: 0 }, { dataset: 0, name: 'main', to: 'Copy', labels: 5, examples: 1101 })
  const shown = (dataset: number) =>
    db
      .selectFrom('examples')
      .innerJoin('labels', 'labels.id', 'examples.label')
      .select(['file', 'labels.name', 'key', 'state'])
      .where('dataset', '=', dataset)
      .orderBy('file')
      .execute()
  assert.deepEqual(await shown(copied.dataset), await shown(main))
  const rows = (dataset: number) =>
    db
      .selectFrom('pictures')
      .innerJoin('features', 'features.picture', 'pictures.id')
      .innerJoin('examples', 'examples.picture', 'pictures.id')
      .select(['pixel_hash', 'copy', 'vector', 'filed_by', 'filed_at', 'vouched'])
      .where('dataset', '=', dataset)
      .orderBy('file')
      .execute()
  assert.deepEqual(await rows(copied.dataset), await rows(main))
  assert.equal((await countUnlearned(db, copied.dataset)).examples, 1101)
  assert.equal(await codeOf(drain(copyDataset(db, { server, name: 'main', to: 'copy', by }))), 'dataset.exists')
})

test('what somebody deletes while it is copied is not in the copy', async () => {
  const { db } = await makeDatabase()
  const main = await open(db, 'main')
  for (let i = 0; i < 600; i++) await add(db, main, { label: 'cat', pixels: `picture ${i}`, by: i < 3 ? 'eve' : by })
  await add(db, main, { label: 'shared', pixels: 'picture 5', by: 'eve' })
  const copying = copyDataset(db, { server, name: 'main', to: 'copy', by })
  await copying.next()
  await db.deleteFrom('examples').where('filed_by', '=', 'eve').execute()
  await db.deleteFrom('pictures').where('id', '<=', 3).execute()
  const { examples, labels, dataset } = await drain(copying)
  assert.deepEqual([examples, labels], [597, 1])
  const pictures = await db.selectFrom('pictures').select('id').where('dataset', '=', dataset).execute()
  assert.equal(pictures.length, 597)
})

test('a copy that was cut off is deleted a day later', async () => {
  const { db } = await makeDatabase()
  const main = await open(db, 'main')
  for (let i = 0; i < 600; i++) await add(db, main, { label: 'cat', pixels: `picture ${i}` })
  await copyDataset(db, { server, name: 'main', to: 'copy', by }).next()
  await drain(purgeDatasets(db))
  assert.equal(await countOf(db, 'datasets'), 2)
  await db
    .updateTable('datasets')
    .set({ name: '2026-01-01T00:00:00.000Z x' })
    .where('server', '=', 'unfinished')
    .execute()
  await drain(purgeDatasets(db))
  assert.equal(await countOf(db, 'datasets'), 1)
  assert.equal(await countOf(db, 'pictures'), 600)
})
