import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import SQLite from 'better-sqlite3'
import { Kysely } from 'kysely'
import { errorCode, UserError } from '../errors.ts'
import { explainDatabaseError } from './database-errors.ts'
import { migrate } from './migrate.ts'
import type { Schema } from './schema.ts'
import { SqliteThreadsDialect } from './sqlite/dialect.ts'

export type Database = Kysely<Schema>

/** Milliseconds that a process waits for another one to finish writing. Threads wait, so that the process goes on. */
const BUSY_TIMEOUT_MS = 60_000

/**
 * Opens the one database of a home folder, in WAL mode with full synchronous writes, and brings its schema up to date.
 * @param home made where it is not there
 * @param readers threads that only read, so that reads never wait for a write lock or for one another; a short-lived
 * process does without (0)
 * Throws UserError disk.full, home.not-writable, database.damaged, database.newer
 */
export async function openDatabase(home: string, readers = 0): Promise<Database> {
  const file = join(home, 'mekiki.sqlite')
  try {
    makeFolder(home)
    await prepareFile(file)
  } catch (error) {
    throw explainDatabaseError(error, file)
  }
  return new Kysely<Schema>({ dialect: new SqliteThreadsDialect({ file, readers, busyTimeoutMs: BUSY_TIMEOUT_MS }) })
}

async function prepareFile(file: string): Promise<void> {
  const database = new SQLite(file, { timeout: BUSY_TIMEOUT_MS })
  try {
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    await migrate(database)
  } finally {
    database.close()
  }
}

/** As `mkdir -p`. Node's own never returns where a file system says ENOENT to a folder that is there, as /proc does. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  try {
    mkdirSync(path)
  } catch (error) {
    if (errorCode(error) !== 'EEXIST')
      throw new UserError('home.not-writable', `Expected to make the folder ${path}, but cannot: ${error}`)
  }
}
