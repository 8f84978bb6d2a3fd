import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import SQLite from 'better-sqlite3'
import { type Driver, Kysely, Migrator, SqliteDialect, sql, type Transaction } from 'kysely'
import { UserError } from '../errors.ts'
import { migrations } from './migrations.ts'
import type { Schema } from './schema.ts'

export type Database = Kysely<Schema>

/** A full disk ends a transaction by itself; to roll back what is gone would hide why. */
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

/** Opens the one database of a home folder, in WAL mode with full synchronous writes, and brings it up to date. */
export async function openDatabase(home: string): Promise<Database> {
  const file = join(home, 'mekiki.sqlite')
  try {
    makeFolder(home)
    const database = new SQLite(file, { timeout: 10_000 })
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    // What is deleted, or sealed, is overwritten and not only let go.
    database.pragma('secure_delete = ON')
    const db = new Kysely<Schema>({ dialect: new Dialect({ database }) })
    await migrate(db, database)
    database.pragma('foreign_keys = ON')
    // In KiB, instead of 16 MB: copies and features, which are most of it, are read once, and the system keeps the file's pages.
    database.pragma('cache_size = -4000')
    return db
  } catch (error) {
    throw explainDatabaseError(error, file)
  }
}

/** Brings the schema up to date, all of it or nothing, while other processes wait. */
async function migrate(db: Database, database: SQLite.Database): Promise<void> {
  const migrator = new Migrator({ db: db, provider: { getMigrations: async () => migrations } })
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
    if ((error as { code?: string }).code !== 'EEXIST')
      throw new UserError('home.not-writable', `Expected to make the folder ${path}, but cannot: ${error}`)
  }
}

/** One transaction that changes a dataset: all of it or nothing. Others wait for it. */
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

/** Reads all of it. Throws UserError database.damaged */
export async function checkDatabase(db: Database): Promise<string> {
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check`.execute(db)
  const broken = await sql`pragma foreign_key_check`.execute(db)
  if (rows[0]?.quick_check !== 'ok' || broken.rows.length > 0)
    throw new UserError('database.damaged', `Expected a whole database, found: ${rows[0]?.quick_check}`)
  const { rows: version } = await sql<{ v: string }>`select sqlite_version() as v`.execute(db)
  return `whole, SQLite ${version[0]!.v}`
}

/** A database error that a person can mend, as a UserError; any other as it is. */
export function explainDatabaseError(error: unknown, file = 'the database'): unknown {
  const code = (error as { code?: string }).code ?? ''
  const message = error instanceof Error ? error.message : String(error)
  if (code === 'SQLITE_FULL' || code === 'ENOSPC')
    return new UserError('disk.full', 'Expected room on the disk, found none: free some and run it again')
  if (code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB')
    return new UserError(
      'database.damaged',
      `Expected a database of Mekiki at ${file}, found it damaged: restore a backup`,
    )
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'SQLITE_CANTOPEN', 'SQLITE_READONLY'].includes(code))
    return new UserError('home.not-writable', `Expected to write ${file}, but cannot: ${message}`)
  if (/previously executed migration/.test(message))
    return new UserError('database.newer', `Expected a database of this version or older at ${file}: update Mekiki`)
  return error
}
