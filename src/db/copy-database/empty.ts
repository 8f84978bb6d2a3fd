import { isPostgres } from '../engine.ts'
import { sql } from '../kysely.ts'
import { listColumns, type Side } from './columns.ts'
import { COPIED, TRANSIENT } from './tables.ts'

/** Tables in which a command leaves rows before anything was stored. */
const INCIDENTAL = ['datasets', 'expiring', 'web_sessions']

/** Whether nothing is stored that somebody could miss. */
export async function isEmpty(side: Side): Promise<boolean> {
  for (const { name } of COPIED) {
    // One of an earlier version may lack the table.
    if (INCIDENTAL.includes(name) || (await listColumns(side, name)).length === 0) continue
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(side)
    if (rows.length > 0) return false
  }
  return true
}

/** Deletes every row; triggers notice nothing of it on PostgreSQL. */
export async function emptyTables(side: Side): Promise<void> {
  const all = [...COPIED.map(({ name }) => name), ...TRANSIENT]
  if (isPostgres(side)) await sql`truncate ${sql.join(all.map((name) => sql.table(name)))}`.execute(side)
  else for (const name of all.toReversed()) await sql`delete from ${sql.table(name)}`.execute(side)
}
