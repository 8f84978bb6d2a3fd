// Each error of SQLite and of the system that a person can mend, with what to do.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import SQLite from 'better-sqlite3'
import { explainDatabaseError } from '../../src/db/database-errors.ts'
import { errorCode, UserError } from '../../src/errors.ts'

const root = mkdtempSync(join(tmpdir(), 'mekiki-errors-'))
after(() => rmSync(root, { recursive: true, force: true }))

const CODES: Record<string, string> = {
  SQLITE_FULL: 'disk.full',
  ENOSPC: 'disk.full',
  EDQUOT: 'disk.full',
  SQLITE_CORRUPT: 'database.damaged',
  SQLITE_CORRUPT_INDEX: 'database.damaged',
  SQLITE_NOTADB: 'database.damaged',
  SQLITE_CANTOPEN: 'home.not-writable',
  SQLITE_CANTOPEN_ISDIR: 'home.not-writable',
  SQLITE_CANTOPEN_SYMLINK: 'home.not-writable',
  SQLITE_READONLY: 'home.not-writable',
  SQLITE_READONLY_CANTINIT: 'home.not-writable',
  SQLITE_READONLY_DIRECTORY: 'home.not-writable',
  SQLITE_READONLY_DBMOVED: 'database.moved',
  SQLITE_PERM: 'home.not-writable',
  EACCES: 'home.not-writable',
  EROFS: 'home.not-writable',
  SQLITE_BUSY: 'database.busy',
  SQLITE_BUSY_SNAPSHOT: 'database.busy',
  SQLITE_BUSY_RECOVERY: 'database.busy',
  SQLITE_LOCKED: 'database.busy',
  SQLITE_LOCKED_SHAREDCACHE: 'database.busy',
  SQLITE_PROTOCOL: 'database.no-locks',
  SQLITE_IOERR_LOCK: 'database.no-locks',
  SQLITE_IOERR_SHMMAP: 'database.no-locks',
  SQLITE_IOERR_SHMOPEN: 'database.no-locks',
  SQLITE_NOMEM: 'database.memory',
  SQLITE_IOERR_NOMEM: 'database.memory',
  SQLITE_IOERR: 'database.io',
  SQLITE_IOERR_READ: 'database.io',
  SQLITE_IOERR_SHORT_READ: 'database.io',
  SQLITE_IOERR_FSYNC: 'database.io',
  SQLITE_IOERR_DELETE: 'home.not-writable',
  ESTALE: 'database.io',
}
for (const [code, expected] of Object.entries(CODES))
  test(`${code} is ${expected}, with what to do`, () => {
    const cause = Object.assign(new Error('made up'), { code })
    const explained = explainDatabaseError(cause, '/home/of/mekiki.sqlite')
    assert.ok(explained instanceof UserError)
    assert.equal(explained.code, expected)
    assert.equal(explained.cause, cause)
    assert.match(explained.message, /^Expected .*(:|\.) (free|restore|run|Run|end|Set|Check)/)
  })

test('mistakes of the program stay what they are', () => {
  for (const code of [
    'SQLITE_CONSTRAINT_UNIQUE',
    'SQLITE_ERROR',
    'SQLITE_MISUSE',
    'ENOENT',
    'ENOTCONN',
    'ERR_INVALID_ARG_TYPE',
  ]) {
    const error = Object.assign(new Error('made up'), { code })
    assert.equal(explainDatabaseError(error), error)
  }
  const explained = new UserError('disk.full', 'explained already')
  assert.equal(explainDatabaseError(explained), explained)
})

/** What SQLite throws. */
function thrownBy(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  return assert.fail('Expected an error')
}

test('SQLite itself: a lock that another connection keeps, a folder in place of the file', () => {
  const file = join(root, 'locked.sqlite')
  const [one, other] = [new SQLite(file), new SQLite(file, { timeout: 0 })]
  one.exec('create table t (x); begin exclusive')
  const locked = thrownBy(() => other.exec('insert into t values (1)'))
  assert.equal(errorCode(explainDatabaseError(locked)), 'database.busy')
  one.close()
  other.close()
  const folder = thrownBy(() => new SQLite(root).exec('create table t (x)'))
  assert.equal(errorCode(explainDatabaseError(folder)), 'home.not-writable')
})
