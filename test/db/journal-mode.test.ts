// Where there is no shared memory, as on SMB and 9p: a pipe in its place makes SQLite say the same.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import SQLite from 'better-sqlite3'
import { openDatabase } from '../../src/db/connection.ts'
import { LOCAL_SERVER, openDataset } from '../../src/db/datasets.ts'
import { openFile, setJournalMode } from '../../src/db/journal-mode.ts'

const root = mkdtempSync(join(tmpdir(), 'mekiki-journal-'))
after(() => rmSync(root, { recursive: true, force: true }))

const TIMEOUT_MS = 1000

/** A file whose shared memory cannot be opened. */
function withoutSharedMemory(name: string): string {
  const file = join(root, name)
  execFileSync('mkfifo', [`${file}-shm`])
  return file
}
const modeOf = (database: SQLite.Database): unknown => database.pragma('journal_mode', { simple: true })

test('without shared memory SQLite fails, as this test needs', () => {
  const database = new SQLite(withoutSharedMemory('plain.sqlite'))
  assert.throws(
    () => {
      database.pragma('journal_mode = WAL')
      database.exec('create table t (x)')
    },
    { code: 'SQLITE_IOERR_SHMOPEN' },
  )
  database.close()
})

test('with shared memory it is WAL, and readable at once', () => {
  const database = openFile(join(root, 'wal.sqlite'), TIMEOUT_MS)
  assert.equal(setJournalMode(database, TIMEOUT_MS), database)
  assert.equal(modeOf(database), 'wal')
  database.close()
})

test('a new file goes on without WAL, and two connections take turns', () => {
  const file = withoutSharedMemory('new.sqlite')
  const one = setJournalMode(openFile(file, TIMEOUT_MS), TIMEOUT_MS)
  const other = new SQLite(file)
  assert.equal(modeOf(one), 'delete')
  one.exec('create table t (x); insert into t values (1)')
  other.exec('insert into t values (2)')
  assert.deepEqual(one.prepare('select x from t order by x').pluck().all(), [1, 2])
  one.close()
  other.close()
})

test('a file in WAL mode that comes from elsewhere keeps its rows, those of its log included', () => {
  const before = join(root, 'before.sqlite')
  const writer = new SQLite(before)
  writer.pragma('journal_mode = WAL')
  writer.exec('create table t (x); insert into t values (1)')
  const file = withoutSharedMemory('moved.sqlite')
  for (const end of ['', '-wal']) execFileSync('cp', [before + end, file + end])
  writer.close()
  const opened = openFile(file, TIMEOUT_MS)
  assert.deepEqual(opened.prepare('select x from t').pluck().all(), [1])
  const moved = setJournalMode(opened, TIMEOUT_MS)
  assert.equal(modeOf(moved), 'delete')
  const other = new SQLite(file)
  other.exec('insert into t values (2)')
  assert.deepEqual(moved.prepare('select x from t order by x').pluck().all(), [1, 2])
  moved.close()
  other.close()
})

test('what is no missing shared memory is not hidden', () => {
  mkdirSync(join(root, 'damaged'))
  const file = join(root, 'damaged', 'x.sqlite')
  execFileSync('sh', ['-c', `yes no database | head -c 9000 > ${file}`])
  assert.throws(() => openFile(file, TIMEOUT_MS), { code: 'SQLITE_NOTADB' })
})

test('a home without shared memory opens, is written and opens again', async () => {
  const home = join(root, 'home')
  mkdirSync(home)
  execFileSync('mkfifo', [join(home, 'mekiki.sqlite-shm')])
  for (const readers of [0, 2]) {
    const db = await openDatabase(home, { readers })
    assert.ok((await openDataset(db, { server: LOCAL_SERVER, name: 'main', create: true })) > 0)
    await db.destroy()
  }
})
