// A PostgreSQL that does not take a home, for lack of rights or of room: everything is still where it was, and what is half there is not used.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import SQLite from 'better-sqlite3'
import { openPostgres } from '../../src/db/postgres/connection.ts'
import { inPostgres } from '../support/in-postgres.ts'
import { makeHome } from '../support/mekiki.ts'
import { readRows } from '../support/old-schemas.ts'
import { onServer, postgresUrl, skipWithoutPostgres } from '../support/postgres.ts'
import { openSmallDisk, skipWithoutDisk } from '../support/small-disk.ts'

const isElsewhere = process.env.MEKIKI_TEST_ENGINE === 'postgres' && 'these homes begin on SQLite, and move themselves'
const { root, mekiki } = makeHome()
const path = (name: string): string => join(root, name)

/** Of rows that nothing else refers to, with texts that cannot be made smaller: more than the disk has left. */
const [ROWS, DETAIL_BYTES] = [12_000, 500]
const LEFT_BYTES = 6 * 2 ** 20

before(async () => {
  const { status, err } = await mekiki('home', 'labels')
  assert.equal(status, 0, err)
  const database = new SQLite(path('home/mekiki.sqlite'))
  database.exec(`insert into audit (at, server, by, action, detail)
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ROWS})
    select '2026', '', 'ann', 'feedback', '{"x":"' || hex(randomblob(${DETAIL_BYTES})) || '"}' from n`)
  database.close()
})

const KEY = Buffer.alloc(32, 7).toString('base64')

/** A folder whose settings name a PostgreSQL, a token and a key, so that it could serve. */
function makeThere(name: string, url: string): string {
  mkdirSync(path(name))
  writeFileSync(path(`${name}/.env`), `DISCORD_TOKEN=made.up.token\nDATA_KEY=${KEY}\nDATABASE_URL=${url}\n`)
  return name
}

const rowsHere = () => {
  const database = new SQLite(path('home/mekiki.sqlite'), { readonly: true })
  try {
    return readRows(database)
  } finally {
    database.close()
  }
}

/** A move that fails, and changes nothing of what is moved. */
async function assertRefused(url: string, said: RegExp): Promise<void> {
  const rows = rowsHere()
  const refused = await mekiki('home', 'migrate', '--to', url)
  assert.equal(refused.status, 1, refused.err)
  assert.match(refused.err, said)
  assert.deepEqual(rowsHere(), rows)
  const labels = await mekiki('home', 'labels')
  assert.equal(labels.status, 0, labels.err)
}

/** Once it is mended, the same command moves everything, and what is there is used. The home goes on for the next test. */
async function assertMoves(url: string, there: string): Promise<void> {
  const moved = await mekiki('home', 'migrate', '--to', url, '--json')
  assert.equal(moved.status, 0, moved.err)
  assert.ok(Number(moved.lines[0]?.rows) >= ROWS)
  const rows = await inPostgres<{ n: string }>(url, 'select count(*) as n from audit')
  assert.ok(Number(rows[0]?.n) >= ROWS)
  const used = await mekiki(there, 'labels')
  assert.equal(used.status, 0, used.err)
  assert.match((await mekiki('home', 'labels')).err, /home\.moved/)
  const database = new SQLite(path('home/mekiki.sqlite'))
  database.exec(`delete from expiring where key = 'moved'`)
  database.close()
}

async function makeRole(): Promise<string> {
  const role = `mekiki_test_${randomBytes(4).toString('hex')}`
  await onServer((client) => client.query(`create role ${role} login`))
  after(() => onServer((client) => client.query(`drop role ${role}`)))
  return role
}

const as = (url: string, user: string): string => {
  const changed = new URL(url)
  changed.username = user
  return changed.href
}

const withoutPostgres = { skip: skipWithoutPostgres || isElsewhere }

test('a user who may make no tables, and then may', withoutPostgres, async () => {
  const url = await postgresUrl({ empty: true })
  const role = await makeRole()
  await inPostgres(url, 'revoke create on schema public from public')
  await assertRefused(as(url, role), /may not create or change tables.*\(database\.rights\)/s)
  assert.deepEqual(await inPostgres(url, `select 1 from pg_tables where schemaname = 'public'`), [])
  await inPostgres(url, `grant create on schema public to ${role}`)
  await assertMoves(as(url, role), makeThere('made', as(url, role)))
  await inPostgres(url, `drop owned by ${role} cascade`)
})

test('a user to whom the tables do not belong, and then they do', withoutPostgres, async () => {
  const url = await postgresUrl()
  const role = await makeRole()
  await inPostgres(url, `grant all on all tables in schema public to ${role}`)
  await assertRefused(as(url, role), /\(database\.rights\)/)
  const there = makeThere('owned', as(url, role))
  const early = await mekiki(there, 'serve')
  assert.match(early.err, /\(home\.moving\)/)
  assert.equal(early.status, 1)
  const tables = await inPostgres<{ name: string }>(
    url,
    `select quote_ident(relname) as name from pg_class where relkind in ('r', 'p', 'S') and relnamespace = 'public'::regnamespace`,
  )
  for (const { name } of tables) {
    // A sequence of a column goes with its table.
    await inPostgres(url, `alter table ${name} owner to ${role}`).catch(() => {})
  }
  await assertMoves(as(url, role), there)
  await inPostgres(url, `drop owned by ${role} cascade`)
})

test('a user who may not write into one table, in the middle of the move', withoutPostgres, async () => {
  const url = await postgresUrl({ empty: true })
  const role = await makeRole()
  await inPostgres(url, `grant create on schema public to ${role}`)
  await (await openPostgres(as(url, role))).destroy()
  await inPostgres(url, `revoke insert on audit from ${role}`)
  await assertRefused(as(url, role), /\(database\.rights\)/)
  const there = makeThere('one', as(url, role))
  assert.match((await mekiki(there, 'serve')).err, /\(home\.moving\)/)
  assert.match((await mekiki(there, 'labels')).err, /A move from .*home on .* hasn’t ended.*\(home\.moving\)/s)
  for (const table of ['audit', 'datasets', 'pictures'])
    assert.deepEqual(await inPostgres(url, `select 1 from ${table} limit 1`), [], table)
  await inPostgres(url, `grant insert on audit to ${role}`)
  await assertMoves(as(url, role), there)
  await inPostgres(url, `drop owned by ${role} cascade`)
})

test(
  'a disk that is full at once, and one that fills while rows arrive',
  { skip: skipWithoutDisk || isElsewhere },
  async () => {
    const disk = await openSmallDisk()
    after(() => disk.remove())
    disk.fill()
    await assertRefused(disk.url, /The disk is full.*\(disk\.full\)/s)
    disk.free()
    await (await openPostgres(disk.url)).destroy()
    disk.fill(LEFT_BYTES)
    await assertRefused(disk.url, /The disk is full.*\(disk\.full\)/s)
    const there = makeThere('disk', disk.url)
    assert.match((await mekiki(there, 'serve')).err, /\(home\.moving\)/)
    assert.deepEqual(await inPostgres(disk.url, 'select 1 from audit limit 1'), [])
    disk.free()
    await assertMoves(disk.url, there)
  },
)
