// A dataset that somebody deletes or empties while another adds to it: who adds is told, and nothing is left behind.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { deleteDataset, emptyDataset, purgeDatasets } from '../../src/db/dataset-changes.ts'
import { openDataset } from '../../src/db/datasets.ts'
import { countLabels } from '../../src/db/labels.ts'
import { joinServer } from '../../src/db/servers.ts'
import { parseLabel } from '../../src/label.ts'
import { addPictures } from '../../src/services/labeling.ts'
import { trainVersion } from '../../src/services/training/train-version.ts'
import { openApp } from '../support/app.ts'
import { add, openMain } from '../support/database.ts'

const home = mkdtempSync(join(tmpdir(), 'mekiki-emptied-'))
const app = await openApp(home)
const { db } = app
after(async () => {
  await app.close()
  rmSync(home, { recursive: true, force: true })
})
await joinServer(db, '1')

const GONE = { code: 'dataset.gone' }
const source = { name: 'a.png', read: async () => new Uint8Array(8) }

/** What becomes of adding to a dataset, and of training it. */
async function refused(dataset: number): Promise<void> {
  const addOne = () => add(db, dataset, { label: 'cat', pixels: 'another cat' })
  await assert.rejects(addOne(), GONE)
  const additions = addPictures(app, { dataset, by: 'ann' }, [{ source, label: parseLabel('cat') }])
  await assert.rejects(Array.fromAsync(additions), GONE)
}

test('adding to a dataset that is emptied meanwhile is refused, until its rows are gone and after', async () => {
  const old = await openMain(db, '1')
  await add(db, old, { label: 'cat', pixels: 'a cat' })
  const { dataset } = await emptyDataset(db, { server: '1', name: 'main', by: 'max' })
  await refused(old)
  await Array.fromAsync(purgeDatasets(db))
  await refused(old)
  await assert.rejects(Array.fromAsync(trainVersion(app, old, { by: 'ann', heads: ['linear'] })), GONE)
  await add(db, dataset, { label: 'dog', pixels: 'a dog' })
  assert.deepEqual(await countLabels(db, dataset), [{ label: 'dog', examples: 1 }])
})

test('adding to a dataset that is deleted meanwhile is refused', async () => {
  const birds = await openDataset(db, { server: '1', name: 'birds', create: true })
  await deleteDataset(db, { server: '1', name: 'birds', by: 'max' })
  await refused(birds)
  await Array.fromAsync(purgeDatasets(db))
  await refused(birds)
})
