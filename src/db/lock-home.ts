import { existsSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { errorCode, UserError } from '../errors.ts'
import { type Forgetting, readForgettings } from './apply-forgettings.ts'
import { type Blocked, readBlocked } from './carry-blocks.ts'
import { type KeptObject, readObjects } from './carry-objects.ts'

/** `forgettings`: of its database; undefined: it is there and cannot be read. `blocked`, `objects`: undefined where there are none to be read. */
export type LockedHome = {
  forgettings: Forgetting[] | undefined
  blocked?: Blocked | undefined
  objects?: KeptObject[] | undefined
  /** In a transaction that keeps all others out; undefined where there is none, or none that can be read. */
  database?: SQLite.Database
  release(): void
}

const BUSY = /^SQLITE_(BUSY|LOCKED)/
const UNREADABLE = ['SQLITE_NOTADB', 'SQLITE_CORRUPT']

/** Keeps every other process out of a home's database. Throws UserError home.in-use while one has it open */
export function lockHome(home: string): LockedHome {
  const file = join(home, 'mekiki.sqlite')
  if (!existsSync(file)) return { forgettings: [], release() {} }
  const database = new SQLite(file, { timeout: 0 })
  const release = (): void => void database.close()
  try {
    const isShared = database.pragma('journal_mode', { simple: true }) === 'wal'
    // Only the last one that has a database open can leave its write-ahead log, which then is part of the file.
    const mode = database.pragma('journal_mode = DELETE', { simple: true })
    if (mode !== 'delete') throw inUse(file)
    database.exec('begin exclusive')
    if (!isShared) requireNobodyServes(database, file)
    const forgettings = hasForgettings(database) ? readForgettings(database) : []
    return { forgettings, blocked: readBlocked(database), objects: readObjects(database), database, release }
  } catch (error) {
    const code = errorCode(error) ?? ''
    if (UNREADABLE.some((c) => code.startsWith(c))) return { forgettings: undefined, release }
    release()
    throw BUSY.test(code) ? inUse(file) : error
  }
}

/** Where there is no write-ahead log, a process that has the database open and does nothing leaves no trace but this. */
function requireNobodyServes(database: SQLite.Database, file: string): void {
  const has = database.prepare(`select 1 from sqlite_schema where name = 'expiring'`).get()
  if (!has) return
  const serving = database.prepare(`select 1 from expiring where key = 'serving' and expires_at > ?`).get(Date.now())
  if (serving) throw inUse(file)
}

const hasForgettings = (database: SQLite.Database): boolean =>
  database.prepare(`select 1 from sqlite_schema where name = 'forgettings'`).get() !== undefined

const inUse = (file: string): UserError =>
  new UserError(
    'home.in-use',
    `Expected to be the only process that uses ${file}, but another one does: stop it (\`serve\`?), and try again`,
  )
