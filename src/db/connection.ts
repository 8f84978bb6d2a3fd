import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { errorCode, UserError } from '../errors.ts'
import { copyDatabase, copyPath, deleteOldCopies } from './copies.ts'
import { requireKeys } from './data-keys.ts'
import { explainDatabaseError } from './database-errors.ts'
import { openFile, setJournalMode } from './journal-mode.ts'
import { Kysely } from './kysely.ts'
import { migrate, readSchemaState } from './migrate.ts'
import { readMark, refuseMoved } from './moves/mark.ts'
import type { Schema } from './schema.ts'
import { closeThreads, SqliteThreadsDialect, startThreads, type Threads } from './sqlite/dialect.ts'

export type Database = Kysely<Schema>

/** Milliseconds that a process waits for another one to finish writing. Threads wait, so that the process goes on. */
const BUSY_TIMEOUT_MS = 60_000

export type OpenOptions = {
  /** Where a PostgreSQL is, which is then the database; the home folder has what is no row. */
  databaseUrl?: string | undefined
  /**
   * Threads that only read, so that reads never wait for a write lock or for one another; a short-lived process does
   * without (0).
   */
  readers?: number | undefined
  /** Must read every picture, where they are given. */
  keys?: Buffer[] | undefined
  /** Is told where the copy lies that was made before the schema changed. */
  onCopied?: ((file: string) => void) | undefined
}

/**
 * Opens the database: a PostgreSQL where there is one, else that of a home folder. @param home made where it is not there
 * Throws UserError disk.full, home.not-writable, database.*, data.key-missing, data.key-wrong
 */
export async function openDatabase(home: string, { databaseUrl, ...options }: OpenOptions = {}): Promise<Database> {
  if (databaseUrl === undefined) return openSqlite(home, options)
  makeFolder(home)
  // Loaded only here: most have SQLite.
  const { openPostgres } = await import('./postgres/connection.ts')
  return openPostgres(databaseUrl, options)
}

/**
 * Opens the one database of a home folder, in WAL mode where the file system can, with full synchronous writes, and
 * brings its schema up to date, after a copy of it was made.
 */
async function openSqlite(home: string, { readers = 0, keys, onCopied }: OpenOptions = {}): Promise<Database> {
  const file = join(home, 'mekiki.sqlite')
  const threads = startThreads({ file, readers, busyTimeoutMs: BUSY_TIMEOUT_MS })
  try {
    makeFolder(home)
    await prepareFile(home, file, { keys, onCopied })
  } catch (error) {
    await closeThreads(threads)
    throw explainDatabaseError(error, file)
  }
  return new ThreadsDatabase(threads)
}

/** Kysely closes nothing where there was no query: threads that still start would hold up, or outlive, the process. */
class ThreadsDatabase extends Kysely<Schema> {
  private readonly threads: Threads

  constructor(threads: Threads) {
    super({ dialect: new SqliteThreadsDialect(threads) })
    this.threads = threads
  }

  override async destroy(): Promise<void> {
    await super.destroy()
    await closeThreads(this.threads)
  }
}

async function prepareFile(home: string, file: string, { keys, onCopied }: OpenOptions): Promise<void> {
  let database = openFile(file, BUSY_TIMEOUT_MS)
  try {
    // Whatever refuses the database comes before anything is written to it.
    refuseMoved(readMark(database))
    const { executed, pending } = readSchemaState(database)
    if (keys) requireKeys(database, keys)
    database = setJournalMode(database, BUSY_TIMEOUT_MS)
    database.pragma('synchronous = FULL')
    database.pragma('secure_delete = ON')
    if (pending[0] !== undefined && executed.length > 0) {
      const copy = copyPath(home, pending[0].slice(0, 3))
      copyDatabase(database, copy)
      onCopied?.(copy)
    }
    await migrate(database)
    deleteOldCopies(home)
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
