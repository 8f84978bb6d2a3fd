import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import SQLite from 'better-sqlite3'
import { type Driver, Kysely, Migrator, SqliteDialect, type Transaction } from 'kysely'
import { errorCode, UserError } from '../errors.ts'
import { explainDatabaseError } from './database-errors.ts'
import { migrations } from './migrations.ts'
import type { Schema } from './schema.ts'

export type Database = Kysely<Schema>

/** Milliseconds that a process waits for another one to finish writing. */
const BUSY_TIMEOUT_MS = 10_000
/** Instead of 16 MB: copies and features, which are most of it, are read once, and the system keeps the file's pages. */
const CACHE_KIB = 4000

/** A full disk ends a transaction by itself; rolling back what is gone would hide why. */
class Dialect extends SqliteDialect {
  private readonly database: SQLite.Database

  constructor({ database }: { database: SQLite.Database }) {
    super({ database })
    this.database = database
  }

  override createDriver(): Driver {
    const driver = super.createDriver()
    const rollback = driver.rollbackTransaction.bind(driver)
    driver.rollbackTransaction = async (connection) => {
      if (this.database.inTransaction) await rollback(connection)
    }
    return driver
  }
}

/**
 * Opens the one database of a home folder, in WAL mode with full synchronous writes, and brings its schema up to date.
 * @param home made where it is not there. Throws UserError disk.full, home.not-writable, database.damaged, database.newer
 */
export async function openDatabase(home: string): Promise<Database> {
  const file = join(home, 'mekiki.sqlite')
  try {
    makeFolder(home)
    const database = new SQLite(file, { timeout: BUSY_TIMEOUT_MS })
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    // What is deleted, or encrypted, is overwritten and not only let go.
    database.pragma('secure_delete = ON')
    const db = new Kysely<Schema>({ dialect: new Dialect({ database }) })
    await migrate(db, database)
    // Off until here: migrations make tables anew.
    database.pragma('foreign_keys = ON')
    database.pragma(`cache_size = -${CACHE_KIB}`)
    return db
  } catch (error) {
    throw explainDatabaseError(error, file)
  }
}

/** Brings the schema up to date, all of it or nothing, while other processes wait. */
async function migrate(db: Database, database: SQLite.Database): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const isBehind = (await migrator.getMigrations()).some((m) => !m.executedAt)
  if (isBehind) database.exec('begin immediate')
  const { error } = await migrator.migrateToLatest()
  if (database.inTransaction) database.exec(error ? 'rollback' : 'commit')
  if (error) throw error
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

/** Does work that changes a dataset in one transaction: all of it or nothing. Other processes wait for it. */
export function changeDataset<T>(
  db: Database,
  dataset: number,
  work: (t: Transaction<Schema>) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (t) => {
    // Transactions begin as readers; a write first makes two processes wait for each other instead of failing.
    await t
      .updateTable('datasets')
      .set((e) => ({ version: e.ref('version') }))
      .where('id', '=', dataset)
      .execute()
    return work(t)
  })
}
