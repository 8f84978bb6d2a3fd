import { UserError } from '../../errors.ts'
import { type Kysely, Migrator, sql } from '../kysely.ts'
import { migrations } from '../migrations.ts'
import type { Schema } from '../schema.ts'
import { withBaseline } from './baseline.ts'

const known = withBaseline(migrations)

/** Brings a database up to date; processes that start at once wait for one another (Kysely's advisory lock). Throws UserError database.newer */
export async function migratePostgres(db: Kysely<Schema>): Promise<void> {
  const executed = await listExecuted(db)
  const unknown = executed.filter((name) => !(name in known))
  const pending = Object.keys(known).filter((name) => !executed.includes(name))
  if (unknown.length > 0 && pending.length > 0)
    throw new UserError(
      'database.newer',
      'Expected a database of this version or older, found one of a newer version: update Mekiki',
    )
  if (pending.length === 0) return
  const migrator = new Migrator({ db, provider: { getMigrations: async () => known } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}

async function listExecuted(db: Kysely<Schema>): Promise<string[]> {
  const { rows } = await sql<{ has: number }>`select to_regclass('kysely_migration') is not null as has`.execute(db)
  if (!rows[0]?.has) return []
  const executed = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return executed.rows.map((row) => row.name)
}
