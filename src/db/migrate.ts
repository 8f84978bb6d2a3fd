import type SQLite from 'better-sqlite3'
import { type Driver, Kysely, Migrator, SqliteDialect } from 'kysely'
import { migrations } from './migrations.ts'
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

/** Brings the schema up to date, all of it or nothing, while other processes wait. */
export async function migrate(database: SQLite.Database): Promise<void> {
  const db = new Kysely<Schema>({ dialect: new MigrationDialect({ database }) })
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const isBehind = (await migrator.getMigrations()).some((m) => !m.executedAt)
  if (isBehind) database.exec('begin immediate')
  const { error } = await migrator.migrateToLatest()
  if (database.inTransaction) database.exec(error ? 'rollback' : 'commit')
  if (error) throw error
}
