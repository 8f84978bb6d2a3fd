// SQLite in threads: results in parts, transactions apart, reads beside a held write lock.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import SQLite from 'better-sqlite3'
import { sql } from 'kysely'
import { type Database, openDatabase } from '../../src/db/connection.ts'
import { packRows, unpackRows } from '../../src/db/sqlite/pack-rows.ts'
import { MAX_BYTES, MAX_ROWS } from '../../src/db/sqlite/protocol.ts'

const home = mkdtempSync(join(tmpdir(), 'mekiki-test-'))
const file = join(home, 'mekiki.sqlite')
let db: Database
before(async () => {
  db = await openDatabase(home, { readers: 1 })
})
after(async () => {
  await db.destroy()
  rmSync(home, { recursive: true, force: true })
})

const put = (key: string) => db.insertInto('expiring').values({ key, value: key, expires_at: null }).execute()
const has = async (key: string): Promise<boolean> =>
  (await db.selectFrom('expiring').select('key').where('key', '=', key).execute()).length > 0

test('rows come back as they were, in messages of bounded size', () => {
  const rows = Array.from({ length: 2 * MAX_ROWS + 1 }, (_, i) => [i, `text ${i}`, Buffer.from([i, 1, 2]), null])
  const packed = [
    ...packRows(
      ['a', 'b', 'c', 'd'],
      structuredClone(rows).map((r) => [r[0], r[1], Buffer.from(r[2] as Uint8Array), r[3]]),
    ),
  ]
  assert.deepEqual(
    packed.map((p) => p.cells.length),
    [MAX_ROWS, MAX_ROWS, 1],
  )
  const back = packed.flatMap(unpackRows)
  assert.deepEqual(
    back,
    rows.map(([a, b, c, d]) => ({ a, b, c, d })),
  )
  const large = Array.from({ length: 6 }, () => [Buffer.alloc(MAX_BYTES / 2)])
  assert.deepEqual(
    [...packRows(['blob'], large)].map((p) => p.cells.length),
    [2, 2, 2],
  )
  assert.deepEqual(
    [...packRows(['a'], [])].map((p) => p.cells),
    [[]],
  )
})

test('a transaction that fails leaves nothing, and others wait for it', async () => {
  const inside = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const failing = db.transaction().execute(async (t) => {
    await t.insertInto('expiring').values({ key: 'half', value: '', expires_at: null }).execute()
    inside.resolve()
    await goOn.promise
    throw new Error('on purpose')
  })
  await inside.promise
  let written = false
  const writing = put('after').then(() => (written = true))
  // Readers do not see what is not committed, and do not wait.
  assert.equal(await has('half'), false)
  assert.equal(written, false)
  goOn.resolve()
  await assert.rejects(failing, /on purpose/)
  await writing
  assert.deepEqual([await has('half'), await has('after')], [false, true])
})

test('while another program holds the write lock, reads are answered and writes wait', async () => {
  const other = new SQLite(file)
  other.exec('begin immediate')
  let written = false
  const writing = put('waited').then(() => (written = true))
  for (let i = 0; i < 20; i++) assert.equal(await has('after'), true)
  assert.equal(written, false)
  other.exec('rollback')
  other.close()
  await writing
  assert.equal(await has('waited'), true)
})

test('a transaction that reads before it writes does not fail beside another writer', async () => {
  const second = await openDatabase(home)
  const bump = (on: Database) =>
    on.transaction().execute(async (t) => {
      const row = await t.selectFrom('expiring').select('value').where('key', '=', 'counter').executeTakeFirst()
      const value = String(Number(row?.value ?? 0) + 1)
      await t
        .insertInto('expiring')
        .values({ key: 'counter', value, expires_at: null })
        .onConflict((c) => c.column('key').doUpdateSet({ value }))
        .execute()
    })
  await Promise.all(Array.from({ length: 40 }, (_, i) => bump(i % 2 ? db : second)))
  const { value } = await db
    .selectFrom('expiring')
    .select('value')
    .where('key', '=', 'counter')
    .executeTakeFirstOrThrow()
  assert.equal(value, '40')
  await second.destroy()
})

test('an error of SQLite keeps its code, and the thread goes on', async () => {
  await assert.rejects(put('after'), { code: 'SQLITE_CONSTRAINT_PRIMARYKEY' })
  await assert.rejects(sql`select * from nothing_like_it`.execute(db), { code: 'SQLITE_ERROR' })
  assert.equal(await has('after'), true)
})
