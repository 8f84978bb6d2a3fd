// Names of files may have anything in them: each is kept, as far as a database keeps it, and nothing fails later for it.
import assert from 'node:assert/strict'
import { test as testOnce } from 'node:test'
import { readAudit } from '../../src/db/audit.ts'
import { copyRows } from '../../src/db/copy-database/copy-rows.ts'
import { LOCAL_SERVER } from '../../src/db/datasets.ts'
import { forgetPerson } from '../../src/db/forget-person.ts'
import { workAlone } from '../../src/db/postgres/alone.ts'
import { storableText } from '../../src/db/postgres/storable-text.ts'
import { runToEnd } from '../../src/workers/shared-task.ts'
import { add, makeDataset } from '../support/database.ts'
import { test } from '../support/each-engine.ts'
import { postgresUrl, skipWithoutPostgres } from '../support/postgres.ts'

const FILES = ['a\0b.jpg', '\ud800x.jpg', '\\u0000.jpg', '目利き 👀.jpg', 'c:\\users\\d800.jpg']

test('pictures whose files have odd names are added, told of, and forgotten', async () => {
  const { db, dataset } = await makeDataset()
  for (const file of FILES) await add(db, dataset, { label: 'cat', pixels: file, file })
  const changes = await readAudit(db, { server: LOCAL_SERVER, by: undefined, before: undefined, limit: 10 })
  const told = changes.map(({ detail }) => detail.file).toReversed()
  assert.deepEqual(told.slice(2), FILES.slice(2))
  assert.equal((await forgetPerson(db, { server: LOCAL_SERVER, by: 'ann' }))[0]?.examples, FILES.length)
})

testOnce('a home with such names moves to PostgreSQL', { skip: skipWithoutPostgres }, async () => {
  const { db, dataset } = await makeDataset()
  for (const file of FILES) await add(db, dataset, { label: 'cat', pixels: file, file })
  const url = await postgresUrl()
  const copied = await workAlone({ url }, (one) => runToEnd(copyRows(db, one)))
  assert.ok(copied.rows > FILES.length)
})

test('what PostgreSQL does not keep is replaced, in texts and in JSON, and nothing else', () => {
  assert.equal(storableText('a\0b'), 'a\ufffdb')
  for (const text of ['a\0b', '\ud800', '\udfff!', 'x\\\0'])
    assert.equal(
      JSON.parse(storableText(JSON.stringify({ text }))).text,
      text.toWellFormed().replaceAll('\0', '\ufffd'),
    )
  for (const text of ['\\u0000', '\\\\ud800', '👀', 'C:\\u', '\\u0041'])
    assert.equal(JSON.parse(storableText(JSON.stringify({ text }))).text, text)
})
