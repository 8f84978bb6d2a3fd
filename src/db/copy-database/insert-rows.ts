import { errorCode, UserError } from '../../errors.ts'
import { sql } from '../kysely.ts'
import type { Column, Side } from './columns.ts'
import { keyOf, type Row } from './pages.ts'
import type { Table } from './tables.ts'

/** Of PostgreSQL: a value that its column does not take (22…), and a row without its owner or twice (23…). */
const REFUSED = /^(22|23)\w{3}$|^SQLITE_(CONSTRAINT|MISMATCH)/

type Inserting = { table: Table; columns: readonly Column[] }

/** Writes the rows of a page. Throws UserError migrate.refused, which names the first row that the database does not take */
export async function insertRows(side: Side, { table, columns }: Inserting, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  const names = sql.join(columns.map(({ name }) => sql.ref(name)))
  const values = rows.map((row) => sql`(${sql.join(columns.map(({ name }) => row[name] ?? null))})`)
  try {
    await sql`insert into ${sql.table(table.name)} (${names}) values ${sql.join(values)}`.execute(side)
  } catch (error) {
    if (!REFUSED.test(errorCode(error) ?? '')) throw error
    throw refused(table, rows, error)
  }
}

function refused(table: Table, rows: readonly Row[], error: unknown): UserError {
  const [first, last] = [rows[0], rows.at(-1)].map((row) => (row ? keyOf(row, table).join(' ') : ''))
  const where = `${table.name} ${first === last ? first : `${first} to ${last}`}`
  return new UserError(
    'migrate.refused',
    `Expected rows that every database takes, found others in ${where}: ${error instanceof Error ? error.message : error}`,
    { where },
    { cause: error },
  )
}
