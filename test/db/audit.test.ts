import assert from 'node:assert/strict'
import { readAudit, recordChange, sweepAudit, writeChange } from '../../src/db/audit.ts'
import type { Database } from '../../src/db/connection.ts'
import { LOCAL_SERVER } from '../../src/db/datasets.ts'
import { countLabels, deleteLabel } from '../../src/db/labels.ts'
import { parseLabel } from '../../src/label.ts'
import { addNew, makeDataset } from '../support/database.ts'
import { test } from '../support/each-engine.ts'

const actionsOf = async (db: Database, more: { by?: string; before?: number } = {}) => {
  const { by, before } = more
  return (await readAudit(db, { server: LOCAL_SERVER, by, before, limit: 10 })).map((c) => c.action)
}

test('a change is recorded with who made it, where, and what it was', async () => {
  const { db, dataset } = await makeDataset()
  const example = await addNew(db, dataset, { label: 'cat', pixels: 'a', by: 'ann' })
  const [change] = await readAudit(db, { server: LOCAL_SERVER, by: undefined, before: undefined, limit: 1 })
  const { id, at, ...rest } = change ?? { id: 0, at: '' }
  assert.ok(id > 0 && !Number.isNaN(Date.parse(at)))
  assert.deepEqual(rest, { by: 'ann', action: 'filed', detail: { label: 'cat', example, file: 'a' }, dataset: 'main' })
})

test('a change that fails leaves no record, and a record that fails leaves no change', async () => {
  const { db, dataset } = await makeDataset()
  await addNew(db, dataset, { label: 'cat', pixels: 'a' })
  const before = await actionsOf(db)
  const failing = db.transaction().execute(async (t) => {
    await t.deleteFrom('examples').execute()
    await recordChange(t, { dataset, by: 'ann', action: 'label deleted', detail: {} })
    throw new Error('made up')
  })
  await assert.rejects(failing, /made up/)
  assert.deepEqual(await actionsOf(db), before)

  await db.schema.alterTable('audit').renameTo('elsewhere').execute()
  await assert.rejects(
    deleteLabel(db, dataset, { label: parseLabel('cat'), by: 'ann', as: 'manager' }),
    /no such table|does not exist/,
  )
  await db.schema.alterTable('elsewhere').renameTo('audit').execute()
  assert.deepEqual(await countLabels(db, dataset), [{ label: 'cat', examples: 1 }])
})

test('the log is read latest first, page by page, of one person where asked for', async () => {
  const { db, dataset } = await makeDataset()
  const write = (by: string, action: 'trained' | 'promoted', server = LOCAL_SERVER) =>
    writeChange(db, { server, dataset, by, action, detail: {} })
  await write('ann', 'trained')
  await write('bob', 'promoted')
  await write('ann', 'promoted', 'another server')
  await write('ann', 'promoted')
  assert.deepEqual(await actionsOf(db), ['promoted', 'promoted', 'trained'])
  assert.deepEqual(await actionsOf(db, { by: 'bob' }), ['promoted'])
  const [latest] = await readAudit(db, { server: LOCAL_SERVER, by: undefined, before: undefined, limit: 1 })
  assert.deepEqual(await actionsOf(db, { before: latest?.id ?? 0 }), ['promoted', 'trained'])
})

test('changes from before a moment are deleted', async () => {
  const { db, dataset } = await makeDataset()
  await addNew(db, dataset, { label: 'cat', pixels: 'a' })
  await sweepAudit(db, new Date(0))
  assert.deepEqual(await actionsOf(db), ['filed'])
  await sweepAudit(db, new Date('9999-01-01'))
  assert.deepEqual(await actionsOf(db), [])
})
