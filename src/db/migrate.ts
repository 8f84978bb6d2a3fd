import type SQLite from 'better-sqlite3'
import { UserError } from '../errors.ts'
import { type Driver, Kysely, type Migration, Migrator, SqliteDialect } from './kysely.ts'
import { MIGRATION_NAMES } from './migration-names.ts'
import type { Schema } from './schema.ts'

/** A full disk ends a transaction by itself; rolling back what is gone would hide why. */
class MigrationDialect extends SqliteDialect {
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

/** `pending`: migrations that it lacks; `unknown`: those of a newer program, which only added to what this one knows. */
type SchemaState = { executed: string[]; pending: string[]; unknown: string[] }

/** Where a database stands; reads only. Throws UserError database.newer where this program would damage it */
export function readSchemaState(database: SQLite.Database): SchemaState {
  const known: string[] = [...MIGRATION_NAMES]
  const executed = hasTable(database, 'kysely_migration')
    ? database.prepare<[], string>('select name from kysely_migration order by name').pluck().all()
    : []
  const unknown = executed.filter((name) => !known.includes(name))
  const pending = known.filter((name) => !executed.includes(name))
  const oldestReader = Number(database.pragma('user_version', { simple: true }))
  // A newer database has all that this program knows, and says which programs may still use it.
  if (unknown.length > 0 && (pending.length > 0 || oldestReader > known.length))
    throw new UserError(
      'database.newer',
      `Expected a database of this version or older at ${database.name}, found one of a newer version: update Mekiki`,
    )
  return { executed, pending, unknown }
}

/** Whether a file is a database of Mekiki, of whatever version. */
export const isMekikiDatabase = (database: SQLite.Database): boolean =>
  hasTable(database, 'kysely_migration') && hasTable(database, 'datasets')

const hasTable = (database: SQLite.Database, name: string): boolean =>
  database.prepare(`select 1 from sqlite_schema where type = 'table' and name = ?`).get(name) !== undefined

/**
 * Brings the schema up to date, all of it or nothing, while other processes wait. Foreign keys are off meanwhile: dropping
 * a table to make it anew would delete whatever refers to its rows. Throws UserError database.newer, database.damaged
 */
export async function migrate(database: SQLite.Database): Promise<void> {
  const { pending, unknown } = readSchemaState(database)
  if (pending.length === 0) return
  const { migrations } = await import('./migrations.ts')
  const all = { ...migrations, ...Object.fromEntries(unknown.map((name) => [name, NOTHING])) }
  const db = new Kysely<Schema>({ dialect: new MigrationDialect({ database }) })
  const migrator = new Migrator({ db, provider: { getMigrations: async () => all } })
  database.pragma('foreign_keys = OFF')
  try {
    // Makes Kysely's own tables, which it does outside of transactions.
    await migrator.getMigrations()
    database.exec('begin immediate')
    const { error } = await migrator.migrateToLatest()
    if (error) throw error
    requireOwners(database)
    database.exec('commit')
  } finally {
    if (database.inTransaction) database.exec('rollback')
    database.pragma('foreign_keys = ON')
  }
}

const NOTHING: Migration = { up: async () => {} }

/** Throws UserError database.damaged */
export function requireOwners(database: SQLite.Database): void {
  const broken = database.prepare<[], { table: string }>('select "table" from pragma_foreign_key_check limit 1').get()
  if (broken)
    throw new UserError(
      'database.damaged',
      `Expected every row of ${broken.table} at ${database.name} to have its owner, found one without: restore a backup`,
    )
}
