import assert from 'node:assert/strict'
import { measureStorage } from '../../src/db/storage.ts'
import { addNew, makeDatabase, openMain } from '../support/database.ts'
import { test } from '../support/each-engine.ts'

test('a dataset’s bytes are counted without those of others; the file’s with all', async () => {
  const { db } = await makeDatabase()
  const dataset = await openMain(db, '1')
  await addNew(db, dataset, { label: 'cat', pixels: 'a' })
  await addNew(db, dataset, { label: 'cat', pixels: 'bc' })
  await addNew(db, await openMain(db, '2'), { label: 'cat', pixels: 'a' })
  const { databaseBytes, ...own } = await measureStorage(db, dataset)
  const copyBytes = 'copy of a'.length + 'copy of bc'.length
  assert.deepEqual(own, { pictures: 2, copyBytes, featureBytes: 2 * 2 * 2, versionBytes: 0 })
  assert.ok(databaseBytes > 4096)
})
