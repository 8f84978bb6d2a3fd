import { isPostgres } from '../engine.ts'
import { sql } from '../kysely.ts'
import type { Side } from './columns.ts'
import { COPIED } from './tables.ts'

/**
 * Takes the triggers away while rows are written that were written before: what they made of them then is copied, too. In a
 * transaction, or a file that nobody else knows. @returns what brings them back
 */
export const removeTriggers = (side: Side): Promise<() => Promise<void>> =>
  isPostgres(side) ? inPostgres(side) : inSqlite(side)

/** Those of foreign keys stay. */
async function inPostgres(side: Side): Promise<() => Promise<void>> {
  for (const { name } of COPIED) await sql`alter table ${sql.table(name)} disable trigger user`.execute(side)
  return async () => {
    for (const { name } of COPIED) await sql`alter table ${sql.table(name)} enable trigger user`.execute(side)
  }
}

async function inSqlite(side: Side): Promise<() => Promise<void>> {
  const { rows } = await sql<{ name: string; sql: string }>`select name, sql from sqlite_schema
    where type = 'trigger'`.execute(side)
  for (const { name } of rows) await sql`drop trigger ${sql.ref(name)}`.execute(side)
  return async () => {
    for (const trigger of rows) await sql.raw(trigger.sql).execute(side)
  }
}
