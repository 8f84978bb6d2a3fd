import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Worker } from 'node:worker_threads'
import SQLite from 'better-sqlite3'
import { sql } from 'kysely'
import { openDatabase } from '../../src/db/connection.ts'
import { explainDatabaseError } from '../../src/db/database-errors.ts'
import { checkDatabase } from '../../src/db/integrity.ts'
import { countLabels } from '../../src/db/labels.ts'
import { errorCode } from '../../src/errors.ts'
import { addNew, openMain } from '../support/database.ts'

const root = mkdtempSync(join(tmpdir(), 'mekiki-connection-'))
after(() => rmSync(root, { recursive: true, force: true }))

test('a home is made where there is none, and keeps what is in it', async () => {
  const home = join(root, 'deep', 'home')
  const db = await openDatabase(home)
  await addNew(db, await openMain(db), { label: 'cat', pixels: 'a' })
  await db.destroy()
  const again = await openDatabase(home)
  assert.deepEqual(await countLabels(again, await openMain(again)), [{ label: 'cat', examples: 1 }])
  assert.match(await checkDatabase(again), /^whole, SQLite \d/)
  await again.destroy()
})

test('a database that was asked nothing ends its threads', async () => {
  const started: Worker[] = []
  const note = (worker: Worker): void => void started.push(worker)
  process.on('worker', note)
  const db = await openDatabase(join(root, 'idle'), { readers: 1 })
  await db.destroy()
  process.off('worker', note)
  // -1: it has ended.
  assert.deepEqual(
    started.map((worker) => worker.threadId),
    [-1, -1],
  )
})

test('a change is done in whole or not at all', async () => {
  const db = await openDatabase(join(root, 'rollback'))
  const dataset = await openMain(db)
  await addNew(db, dataset, { label: 'cat', pixels: 'a' })
  const half = db.transaction().execute(async (t) => {
    await t.deleteFrom('examples').execute()
    throw new Error('made up')
  })
  await assert.rejects(half, /made up/)
  assert.equal((await countLabels(db, dataset)).length, 1)
  await db.destroy()
})

test('a file that is no database, a newer database, and a file for a folder are clear errors', async () => {
  writeFileSync(join(root, 'mekiki.sqlite'), 'not a database '.repeat(99))
  await assert.rejects(openDatabase(root), { code: 'database.damaged' })
  await assert.rejects(openDatabase(join(root, 'mekiki.sqlite', 'home')), { code: 'home.not-writable' })

  const home = join(root, 'newer')
  const db = await openDatabase(home)
  const newer = { name: '999_newer', timestamp: '2999-01-01T00:00:00.000Z' }
  await db.withTables<{ kysely_migration: typeof newer }>().insertInto('kysely_migration').values(newer).execute()
  await sql`pragma user_version = 999`.execute(db)
  await db.destroy()
  await assert.rejects(openDatabase(home), { code: 'database.newer' })
})

test('a row whose owner is gone is damage', async () => {
  const home = join(root, 'broken')
  const db = await openDatabase(home)
  const file = new SQLite(join(home, 'mekiki.sqlite'))
  file.pragma('foreign_keys = off')
  file.exec("insert into labels (dataset, name, key) values (999, 'cat', 'CAT')")
  file.close()
  await assert.rejects(checkDatabase(db), { code: 'database.damaged' })
  await db.destroy()
})

test('what a person can mend is said; any other error stays as it is', () => {
  const explained = (code: string): unknown => explainDatabaseError(Object.assign(new Error('made up'), { code }))
  assert.equal(errorCode(explained('SQLITE_FULL')), 'disk.full')
  assert.equal(errorCode(explained('ENOSPC')), 'disk.full')
  assert.equal(errorCode(explained('SQLITE_CORRUPT')), 'database.damaged')
  assert.equal(errorCode(explained('EROFS')), 'home.not-writable')
  const other = new Error('made up')
  assert.equal(explainDatabaseError(other), other)
  assert.equal(explainDatabaseError('thrown'), 'thrown')
})
