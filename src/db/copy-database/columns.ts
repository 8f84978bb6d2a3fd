import { isPostgres } from '../engine.ts'
import { type Kysely, sql } from '../kysely.ts'
import { OWN_COLUMNS } from './tables.ts'

/** `isLong`: texts and bytes, whose length counts. */
export type Column = { name: string; isLong: boolean }

// biome-ignore lint/suspicious/noExplicitAny: tables are named by texts here
export type Side = Kysely<any>

/** The columns of a table that are copied, by name. */
export async function listColumns(side: Side, table: string): Promise<Column[]> {
  const { rows } = isPostgres(side)
    ? await sql<{ name: string; type: string }>`select column_name as name, data_type as type
        from information_schema.columns where table_schema = current_schema() and table_name = ${table}`.execute(side)
    : await sql<{
        name: string
        type: string
      }>`select name, lower(type) as type from pragma_table_info(${table})`.execute(side)
  return rows
    .filter(({ name }) => !OWN_COLUMNS.includes(name))
    .map(({ name, type }) => ({ name, isLong: LONG.includes(type) }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
}

const LONG = ['text', 'blob', 'bytea']
