import { isPostgres } from './engine.ts'
import { type Kysely, sql } from './kysely.ts'
import type { Schema } from './schema.ts'

/** `table`: as in `from`, with its other name if it has one there. */
type Hint = { table: string; index: string }

/** A table, read along one index: SQLite is told which, PostgreSQL knows from what it has counted. */
export const alongIndex = (db: Kysely<Schema>, { table, index }: Hint) =>
  sql.raw(isPostgres(db) ? table : `${table} indexed by ${index}`)

/** Joins tables in the order in which they are written: SQLite has words for that, PostgreSQL finds it. */
export const inThisOrder = (db: Kysely<Schema>) => sql.raw(isPostgres(db) ? 'join' : 'cross join')
