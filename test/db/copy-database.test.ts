// Moves between SQLite and PostgreSQL: every row of every table arrives, is looked at again, and one database alone is used.
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { Client } from 'pg'
import { restoreDatabase } from '../../src/db/backup-restore.ts'
import { openDatabase } from '../../src/db/connection.ts'
import { COPIED, TRANSIENT } from '../../src/db/copy-database/tables.ts'
import { openDataset } from '../../src/db/datasets.ts'
import { checkDatabase } from '../../src/db/integrity.ts'
import { migrations } from '../../src/db/migrations.ts'
import type { Moved } from '../../src/db/moves/moved.ts'
import { placeOfHome } from '../../src/db/moves/place.ts'
import { moveToPostgres } from '../../src/db/moves/to-postgres.ts'
import { moveToSqlite } from '../../src/db/moves/to-sqlite.ts'
import { addNew, openMain } from '../support/database.ts'
import { inPostgres } from '../support/in-postgres.ts'
import { makeOldDatabase, type Rows, readRows } from '../support/old-schemas.ts'
import { postgresUrl, skipWithoutPostgres } from '../support/postgres.ts'

const root = mkdtempSync(join(tmpdir(), 'mekiki-move-'))
after(() => rmSync(root, { recursive: true, force: true }))
const makeHome = (): string => mkdtempSync(join(root, 'home-'))
const fileOf = (home: string): string => join(home, 'mekiki.sqlite')

async function run(steps: AsyncGenerator<unknown, Moved>): Promise<Moved> {
  for (;;) {
    const step = await steps.next()
    if (step.done) return step.value
  }
}
const toPostgres = (home: string, url: string) => run(moveToPostgres({ home, url, keys: [] }))
const toSqlite = (home: string, url: string) => run(moveToSqlite({ home, url, keys: [] }))

function inFile<T>(home: string, work: (database: SQLite.Database) => T): T {
  const database = new SQLite(fileOf(home))
  try {
    return work(database)
  } finally {
    database.close()
  }
}

/** A home with rows in every table. */
async function makeFullHome(): Promise<{ home: string; rows: Rows }> {
  const home = makeHome()
  await makeOldDatabase(home, Object.keys(migrations).length)
  const rows = inFile(home, (database) => {
    database.exec(`update versions set classifier = cast(classifier as blob);
      update pictures set perceptual_hash = printf('%016x', id);
      update blocked_pictures set perceptual_hash = printf('%016x', -id)`)
    database.exec(`insert into expiring values ('big', '', ${2n ** 62n + 1n})`)
    // Rows that are gone, whose ids were given.
    database.exec(`update sqlite_sequence set seq = 100 where name = 'examples'`)
    return readCopied(database)
  })
  return { home, rows }
}

function readCopied(database: SQLite.Database): Rows {
  database.defaultSafeIntegers(true)
  const rows = readRows(database)
  return Object.fromEntries(COPIED.map(({ name }) => [name, rows[name] ?? []]))
}

test('every table is either copied or left out on purpose', { skip: skipWithoutPostgres }, async () => {
  const home = makeHome()
  await (await openDatabase(home)).destroy()
  const here = inFile(home, (database) => Object.keys(readRows(database)))
  const known = [...COPIED.map(({ name }) => name), ...TRANSIENT].sort()
  assert.deepEqual(here.sort(), [...known, 'revision_counter'].sort())
  const url = await postgresUrl()
  const there = await inPostgres<{ name: string }>(
    url,
    `select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
      and not relispartition and relname not like 'kysely%'`,
  )
  assert.deepEqual(there.map(({ name }) => name).sort(), known)
})

test('rows of every table go there and back and are the same', { skip: skipWithoutPostgres }, async () => {
  const { home, rows } = await makeFullHome()
  const url = await postgresUrl({ empty: true })
  const there = await toPostgres(home, url)
  assert.ok(there.rows >= 3 * COPIED.length && there.bytes > 0)
  assert.ok(!JSON.stringify(there).includes('@'), 'no user and no password')
  const db = await openDatabase(makeHome(), { databaseUrl: url })
  assert.match(await checkDatabase(db), /^whole/)
  const triggers = await inPostgres(url, `select 1 from pg_trigger where tgenabled = 'D'`)
  assert.deepEqual(triggers, [])
  await db.destroy()
  const other = makeHome()
  const back = await toSqlite(other, url)
  assert.deepEqual([back.rows, back.bytes, back.kept], [there.rows, there.bytes, null])
  assert.deepEqual(inFile(other, readCopied), rows)
  assert.deepEqual(readdirSync(other), ['mekiki.sqlite'])
  const counters = (database: SQLite.Database) => [
    database.prepare('select max(value) from revision_counter').pluck().get(),
    database.prepare('select name, seq from sqlite_sequence order by name').all(),
    database.prepare(`select name, sql from sqlite_schema where type in ('trigger', 'index') order by name`).all(),
  ]
  assert.deepEqual(inFile(other, counters), inFile(home, counters))
})

test('ids go on where they were, and so does the revision', { skip: skipWithoutPostgres }, async () => {
  const { home } = await makeFullHome()
  const revision = inFile(home, (file) => file.prepare('select max(value) from revision_counter').pluck().get())
  const url = await postgresUrl()
  await toPostgres(home, url)
  const db = await openDatabase(makeHome(), { databaseUrl: url })
  const dataset = await openMain(db, 'new')
  assert.equal(await addNew(db, dataset, { label: 'cat', pixels: 'new' }), 101)
  const raised = await db.selectFrom('datasets').select('revision').where('id', '=', dataset).executeTakeFirstOrThrow()
  assert.ok(raised.revision > Number(revision))
  const due = await db.selectFrom('due').select('dataset').orderBy('dataset').execute()
  assert.deepEqual(
    due.map((row) => row.dataset),
    [1, 2, 3, dataset],
  )
  await db.destroy()
})

test(
  'one database alone is used: what has moved away says where it is, on either side',
  { skip: skipWithoutPostgres },
  async () => {
    const { home, rows } = await makeFullHome()
    const backup = join(makeHome(), 'backup.sqlite')
    inFile(home, (database) => database.prepare('vacuum into ?').run(backup))
    const url = await postgresUrl()
    const { to } = await toPostgres(home, url)
    const moved = { code: 'home.moved', message: new RegExp(`${to}.*DATABASE_URL`) }
    await assert.rejects(openDatabase(home), moved)
    await assert.rejects(restoreDatabase(home, backup, []), moved)
    await assert.rejects(toPostgres(home, await postgresUrl()), moved)
    await (await openDatabase(home, { databaseUrl: url })).destroy()
    // Back into the folder that it came from, which keeps what lay there.
    const back = await toSqlite(home, url)
    assert.match(back.kept ?? '', /mekiki\.before-migrate\.\d{8}-\d{6}\.sqlite$/)
    assert.deepEqual(inFile(home, readCopied), rows)
    await assert.rejects(openDatabase(home, { databaseUrl: url }), {
      code: 'home.moved',
      message: /without DATABASE_URL/,
    })
    await assert.rejects(toSqlite(makeHome(), url), { code: 'home.moved' })
    await (await openDatabase(home)).destroy()
    // And there once more: what moved away is in nobody's way.
    await toPostgres(home, url)
    await (await openDatabase(home, { databaseUrl: url })).destroy()
  },
)

test(
  'a place that is in use, or has data, is left alone; so is what was to be moved',
  { skip: skipWithoutPostgres },
  async () => {
    const { home, rows } = await makeFullHome()
    const [url, used] = [await postgresUrl(), await postgresUrl()]
    const open = await openDatabase(home, { readers: 0 })
    await openMain(open, '1')
    await assert.rejects(toPostgres(home, url), { code: 'home.in-use' })
    await open.destroy()
    const other = await openDatabase(makeHome(), { databaseUrl: used })
    await addNew(other, await openMain(other), { label: 'cat', pixels: 'a' })
    await assert.rejects(toPostgres(home, used), { code: 'home.in-use', message: /connections \d+ from/ })
    await assert.rejects(toSqlite(makeHome(), used), { code: 'home.in-use' })
    await other.destroy()
    await assert.rejects(toPostgres(home, used), { code: 'migrate.not-empty' })
    await assert.rejects(toSqlite(home, used), { code: 'migrate.not-empty' })
    await assert.rejects(toPostgres(makeHome(), url), { code: 'migrate.nothing' })
    assert.deepEqual(readdirSync(home), ['mekiki.sqlite'])
    const now = inFile(home, readCopied)
    assert.deepEqual({ ...now, datasets: now.datasets?.slice(0, 3) }, rows)
    await (await openDatabase(home)).destroy()
  },
)

/** A move that waits in its middle, until a lock that another has is let go. */
async function startHeldMove(home: string, url: string) {
  const holder = new Client({ connectionString: url })
  await holder.connect()
  await holder.query('begin')
  await holder.query('lock table thumbnails in share mode')
  const result = toPostgres(home, url)
  result.catch(() => {})
  const waiting = `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  while ((await inPostgres(url, waiting)).length === 0) await setTimeout(20)
  return {
    result,
    letGo: () => holder.end(),
    cut: () => inPostgres(url, `select pg_terminate_backend(pid) from (${waiting}) as w`),
  }
}

test('while it moves, whoever opens it is refused', { skip: skipWithoutPostgres }, async () => {
  const { home } = await makeFullHome()
  const url = await postgresUrl()
  const { result, letGo } = await startHeldMove(home, url)
  await assert.rejects(openDatabase(makeHome(), { databaseUrl: url }), { code: 'home.moving' })
  await letGo()
  await result
  await (await openDatabase(makeHome(), { databaseUrl: url })).destroy()
})

test(
  'a connection that is lost in the middle is said, and nothing has moved',
  { skip: skipWithoutPostgres },
  async () => {
    const { home, rows } = await makeFullHome()
    const url = await postgresUrl()
    const { result, letGo, cut } = await startHeldMove(home, url)
    await cut()
    await assert.rejects(result, { code: 'database.unreachable' })
    await letGo()
    assert.deepEqual(inFile(home, readCopied), rows)
    await (await openDatabase(home)).destroy()
    assert.ok((await toPostgres(home, url)).rows > 0)
  },
)

test(
  'a row that arrives changed, twice, or not at all stops it, and both sides are as they were',
  { skip: skipWithoutPostgres },
  async () => {
    const { home, rows } = await makeFullHome()
    for (const rule of [
      `insert to pictures do also update pictures set copy = 'x' where id = 2`,
      `insert to news do also delete from news where id = 3`,
      `insert to servers do also update servers set joined_at = joined_at || ' ' where id = '1'`,
      `insert to features do also update features set bits = bits + 1 where picture = 1`,
    ]) {
      const url = await postgresUrl()
      const table = /to (\w+)/.exec(rule)?.[1] ?? ''
      await inPostgres(url, `create rule spoil as on ${rule}`)
      await assert.rejects(
        toPostgres(home, url),
        { code: 'migrate.different', message: new RegExp(`${table} \\d`) },
        rule,
      )
      assert.deepEqual(await inPostgres(url, 'select 1 from datasets'), [])
    }
    assert.deepEqual(inFile(home, readCopied), rows)
    await (await openDatabase(home)).destroy()
  },
)

test('what PostgreSQL cannot keep is named before anything has moved', { skip: skipWithoutPostgres }, async () => {
  for (const [change, where] of [
    [`update examples set vouched = 3000000000 where id = 3`, 'examples 1 to 3'],
    [`update examples set picture = 99 where id = 1`, 'examples 1 to 3'],
  ] as const) {
    const { home } = await makeFullHome()
    inFile(home, (database) => database.exec(`pragma foreign_keys = off; ${change}`))
    const url = await postgresUrl()
    await assert.rejects(toPostgres(home, url), { code: 'migrate.refused', message: new RegExp(where) })
    await (await openDatabase(home)).destroy()
  }
})

test(
  'cut off at any moment, the same command ends it, and meanwhile one side alone can be used',
  { skip: skipWithoutPostgres },
  async () => {
    const { home } = await makeFullHome()
    const url = await postgresUrl()
    await toPostgres(home, url)
    const mark = inFile(home, (file) => file.prepare(`select value from expiring where key = 'moved'`).pluck().get())
    const from = JSON.stringify({
      ...JSON.parse(String(mark)),
      state: 'arriving',
      place: placeOfHome(home),
    })
    // Everything has arrived, and nobody has been told.
    await inPostgres(url, `insert into expiring values ('moved', '${from}')`)
    await assert.rejects(openDatabase(home), { code: 'home.moved' })
    await assert.rejects(openDatabase(home, { databaseUrl: url }), { code: 'home.moving' })
    assert.ok((await toPostgres(home, url)).rows > 0)
    await (await openDatabase(home, { databaseUrl: url })).destroy()
    // A moment earlier: the home is still the one.
    inFile(home, (file) => file.exec(`delete from expiring where key = 'moved'`))
    await inPostgres(url, `insert into expiring values ('moved', '${from}')`)
    const db = await openDatabase(home)
    await addNew(db, await openDataset(db, { server: 'late', name: 'main', create: true }), {
      label: 'cat',
      pixels: 'late',
    })
    await db.destroy()
    await assert.rejects(openDatabase(home, { databaseUrl: url }), { code: 'home.moving' })
    await toPostgres(home, url)
    const late = await inPostgres(url, `select 1 from datasets where server = 'late'`)
    assert.equal(late.length, 1)
  },
)
