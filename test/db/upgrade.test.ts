// Every schema that ever landed opens with rows in every table, and keeps them.
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import SQLite from 'better-sqlite3'
import { openDatabase } from '../../src/db/connection.ts'
import { deleteOldCopies } from '../../src/db/copies.ts'
import { openDataset } from '../../src/db/datasets.ts'
import { checkDatabase } from '../../src/db/integrity.ts'
import { countLabels } from '../../src/db/labels.ts'
import { migrations } from '../../src/db/migrations.ts'
import { readNamesNow } from '../../src/db/version-labels.ts'
import { makeHome as makeProcesses } from '../support/mekiki.ts'
import { makeOldDatabase, type Rows, readRows } from '../support/old-schemas.ts'

const root = mkdtempSync(join(tmpdir(), 'mekiki-upgrade-'))
after(() => rmSync(root, { recursive: true, force: true }))
const makeHome = (): string => mkdtempSync(join(root, 'home-'))
const names = Object.keys(migrations)
const copiesIn = (home: string): string[] => readdirSync(home).filter((name) => name.startsWith('mekiki.before-'))

function readFile<T>(file: string, read: (database: SQLite.Database) => T): T {
  const database = new SQLite(file)
  try {
    return read(database)
  } finally {
    database.close()
  }
}

/** Columns and tables are only ever added: those that were there hold what they held. */
function assertKept(now: Rows, before: Rows): void {
  for (const [table, rows] of Object.entries(before)) {
    const kept = now[table]?.map((row) =>
      Object.fromEntries(
        Object.entries(rows[0] ?? {}).map(([column, was]) => [
          column,
          typeof was === 'string' ? textOf(row[column]) : row[column],
        ]),
      ),
    )
    assert.deepEqual(kept, rows, table)
  }
}

/** Classifiers were texts before they were packed: as bytes they say the same. */
const textOf = (value: unknown): unknown => (Buffer.isBuffer(value) ? value.toString() : value)

for (const [i, last] of names.entries())
  test(`a database at ${last} keeps every row of every table`, async () => {
    const home = makeHome()
    const before = await makeOldDatabase(home, i + 1)
    assert.ok(Object.values(before).every((rows) => rows.length > 0))
    const db = await openDatabase(home)
    assert.match(await checkDatabase(db), /^whole/)
    await db.destroy()
    assertKept(readFile(join(home, 'mekiki.sqlite'), readRows), before)
  })

test('a copy of what it was is made first, named, for its owner alone; a new database and one that is up to date have none', async () => {
  const home = makeHome()
  const before = await makeOldDatabase(home, 5)
  const told: string[] = []
  const open = async () => (await openDatabase(home, { onCopied: (file) => told.push(file) })).destroy()
  await open()
  const [copy = '', ...others] = copiesIn(home)
  assert.equal(others.length, 0)
  assert.match(copy, /^mekiki\.before-006\.\d{8}-\d{6}\.sqlite$/)
  assert.deepEqual(told, [join(home, copy)])
  if (process.platform !== 'win32') assert.equal(statSync(join(home, copy)).mode & 0o777, 0o600)
  assert.deepEqual(readFile(join(home, copy), readRows), before)
  await open()
  assert.equal(copiesIn(home).length, 1)
  const fresh = makeHome()
  await (await openDatabase(fresh)).destroy()
  assert.deepEqual(copiesIn(fresh), [])
})

test('copies go after 14 days, and nothing else does', async () => {
  const home = makeHome()
  const old = 'mekiki.before-006.20261101-120000.sqlite'
  const young = 'mekiki.before-restore.20261102-120000.sqlite'
  const [cutOff, running] = ['mekiki.restoring-1.sqlite', 'mekiki.restoring-2.sqlite']
  for (const name of [old, young, cutOff, running, 'mekiki.sqlite', 'my.before-006.20200101-000000.sqlite'])
    writeFileSync(join(home, name), '')
  const now = new Date(Date.UTC(2026, 10, 15, 12, 0, 1))
  utimesSync(join(home, cutOff), new Date(2026, 0), new Date(2026, 0))
  utimesSync(join(home, running), now, now)
  deleteOldCopies(home, now.getTime())
  assert.deepEqual(
    readdirSync(home).sort(),
    [young, running, 'mekiki.sqlite', 'my.before-006.20200101-000000.sqlite'].sort(),
  )
  writeFileSync(join(home, 'mekiki.before-006.20200101-000000.sqlite'), '')
  rmSync(join(home, 'mekiki.sqlite'))
  await (await openDatabase(home)).destroy()
  assert.ok(!copiesIn(home).includes('mekiki.before-006.20200101-000000.sqlite'))
})

test('ids of rows that are gone are never given again', async () => {
  const home = makeHome()
  await makeOldDatabase(home, 5)
  const file = join(home, 'mekiki.sqlite')
  readFile(file, (old) => {
    old.pragma('foreign_keys = off')
    old.exec(`update reviews set example = 40 where id = 1;
      insert into audit (at, server, by, action, detail) values ('2026', '', 'a', 'filed', '{"example":50}'),
        ('2026', '', 'a', 'unfiled', '{"examples":[7,60]}'), ('2026', '', 'a', 'forgotten', '{"examples":9000}'),
        ('2026', '', 'a', 'unfiled', '{"picture":70}'), ('2026', '', 'a', 'unfiled', 'no json');
      insert into expiring values ('due:80', '{"value":1}', null);
      insert into expiring values ('deed:1', '{"value":{"verb":"undo","options":{"examples":[65]}},"expires":9007199254740991}', 1)`)
  })
  await (await openDatabase(home)).destroy()
  const next = (table: string, columns: string, values: string): unknown =>
    readFile(file, (db) => {
      db.pragma('foreign_keys = off')
      return db.prepare(`insert into ${table} (${columns}) values (${values})`).run().lastInsertRowid
    })
  assert.equal(next('examples', 'picture, label, file, filed_at, filed_by', `91, 91, '', '', ''`), 66)
  assert.equal(next('pictures', 'dataset, pixel_hash, file_hash, perceptual_hash, copy', `9, x'', x'', '', x''`), 71)
  assert.equal(next('datasets', 'name, backbone', `'new', ''`), 81)
  // The decision about an example that is gone went with it.
  assert.deepEqual(
    readFile(file, (db) => db.prepare('select example from reviews order by id').pluck().all()),
    [2, 3],
  )
  for (const table of ['datasets', 'labels', 'pictures', 'examples', 'versions', 'reviews', 'audit', 'feedback'])
    readFile(file, (db) => {
      db.exec(`pragma foreign_keys = off; delete from ${table} where id in (select max(id) from ${table})`)
      const { seq } = db.prepare('select seq from sqlite_sequence where name = ?').get(table) as { seq: number }
      const largest = db.prepare(`select max(id) from ${table}`).pluck().get() as number
      assert.ok(seq > largest, table)
    })
})

test('an upgrade that fails leaves the database as it was', async () => {
  const home = makeHome()
  const before = await makeOldDatabase(home, 5)
  const file = join(home, 'mekiki.sqlite')
  // What the last step makes is in the way.
  readFile(file, (db) => db.exec('create view backbone_files as select 1'))
  await assert.rejects(openDatabase(home))
  assert.deepEqual(readFile(file, readRows), before)
})

test('a database that is newer only by what was added opens; one that this program would damage does not', async () => {
  const home = makeHome()
  await (await openDatabase(home)).destroy()
  const file = join(home, 'mekiki.sqlite')
  readFile(file, (db) =>
    db.exec(`alter table labels add column colour text;
      insert into kysely_migration values ('998_colours', '2030-01-01T00:00:00.000Z')`),
  )
  const db = await openDatabase(home)
  assert.match(await checkDatabase(db), /^whole/)
  await db.destroy()
  readFile(file, (newer) => newer.pragma('user_version = 998'))
  await assert.rejects(openDatabase(home), { code: 'database.newer' })
})

test('processes that start at once upgrade it once', async () => {
  const { root: home, mekiki } = makeProcesses()
  const before = await makeOldDatabase(home, 2)
  const ended = await Promise.all(['labels', 'versions', 'audit'].map((command) => mekiki('.', command)))
  for (const { status, err } of ended) assert.equal(status, 0, err)
  const { datasets = [], ...others } = readFile(join(home, 'mekiki.sqlite'), readRows)
  // The terminal adds its own dataset.
  assertKept({ ...others, datasets: datasets.filter((row) => row.name !== 'main') }, before)
})

test('names from before invisible characters were stripped lose them; what is one label by then is merged', async () => {
  const home = makeHome()
  await makeOldDatabase(home, names.indexOf('011_visible_names'))
  const file = join(home, 'mekiki.sqlite')
  readFile(file, (old) => {
    old.pragma('foreign_keys = off')
    for (const table of ['examples', 'labels', 'pictures', 'suspicions', 'reviews', 'claims', 'label_merges'])
      old.exec(`delete from ${table}`)
    const picture = old.prepare(`insert into pictures (id, dataset, pixel_hash, file_hash, perceptual_hash, copy)
      values (?, 1, ?, x'00', '0', x'00')`)
    for (const id of [1, 2, 3]) picture.run(id, Buffer.from([id]))
    const label = old.prepare('insert into labels (id, dataset, name, key) values (?, 1, ?, ?)')
    for (const [id, name] of [
      [11, 'cat\u200B'],
      [12, 'cat'],
      [13, '\u3164'],
      [14, '\u202Edog'],
      [15, 'می\u200Cخ'],
      [16, '\u2066cat'],
      [17, 'a\u2028b'],
    ] as const)
      label.run(id, name, name.toUpperCase())
    const example = old.prepare(`insert into examples (id, picture, label, file, filed_at, filed_by, state, vouched)
      values (?, ?, ?, 'f', 't', 'ann', ?, ?)`)
    for (const row of [
      [21, 1, 11, 'kept', 1],
      [22, 1, 12, 'withdrawn', 0],
      [23, 2, 11, 'excluded', 0],
      [24, 3, 11, 'kept', 0],
      [25, 3, 12, 'excluded', 0],
      [26, 1, 13, 'kept', 0],
      [27, 1, 14, 'kept', 0],
      [28, 1, 15, 'kept', 0],
      [29, 2, 16, 'kept', 0],
      [30, 1, 17, 'kept', 0],
    ])
      example.run(row)
    old.exec(`insert into suspicions (example, score, suggested, reasons, left_out, dataset) values
        (26, 0.9, 'cat\u200B', '[{"kind":"looks-like","label":"cat\u200B"},{"kind":"small"}]', 0, 1), (24, 0.5, null, '[]', 0, 1);
      insert into reviews (dataset, example, by, decision, label, at, state) values
        (1, 27, 'max', 'move', '\u2066cat', 't', 'waiting'), (1, 22, 'max', 'keep', null, 't', 'done');
      insert into label_merges values (10, 11);
      update datasets set server = '9', name = case id when 1 then 'main' when 2 then 'ma\u200Bin' else 'other\u2060' end;
      update servers set id = '9', settings = '{"datasets":{"5":"ma\u200Bin","6":"main"}}' where id = '1'`)
  })
  const db = await openDatabase(home)
  assert.match(await checkDatabase(db), /^whole/)
  assert.deepEqual(
    (await countLabels(db, 1)).map(({ label, examples }) => [label, examples]).sort(),
    [
      ['U+3164', 1],
      ['a b', 1],
      ['cat', 1],
      ['dog', 1],
      ['می\u200Cخ', 1],
    ].sort(),
  )
  assert.deepEqual(await readNamesNow(db, [10, 11, 12, 16, 14]), ['cat', 'cat', 'cat', 'cat', 'dog'])
  assert.equal(await openDataset(db, { server: '9', name: 'main 2', create: false }), 2)
  assert.equal(await openDataset(db, { server: '9', name: 'other\u2060', create: false }), 3)
  await db.destroy()
  readFile(file, (now) => {
    const all = (query: string): unknown[] => now.prepare(query).raw().all()
    // As merge-labels.test.ts has it for a teacher.
    assert.deepEqual(all('select id, state, vouched from examples where label = 12 order by picture'), [
      [21, 'kept', 1],
      [23, 'excluded', 0],
      [25, 'excluded', 0],
    ])
    assert.deepEqual(all('select example, suggested, reasons from suspicions'), [
      [26, 'cat', '[{"kind":"looks-like","label":"cat"},{"kind":"small"}]'],
    ])
    assert.deepEqual(all('select example, label from reviews'), [[27, 'cat']])
    assert.deepEqual(all(`select settings from servers where id = '9'`), [['{"datasets":{"5":"main 2","6":"main"}}']])
    assert.deepEqual(all('select key from labels where id = 15'), [['میخ']])
  })
})
