import { type Kysely, PostgresAdapter } from './kysely.ts'

/** The databases that Mekiki stands on: SQLite in one process, PostgreSQL for several. */
export type Engine = 'sqlite' | 'postgres'

// biome-ignore lint/suspicious/noExplicitAny: asked of any schema, also within a migration
export const engineOf = (db: Kysely<any>): Engine =>
  db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite'

// biome-ignore lint/suspicious/noExplicitAny: as above
export const isPostgres = (db: Kysely<any>): boolean => engineOf(db) === 'postgres'
