import { type RawBuilder, sql } from '../kysely.ts'
import type { Column, Side } from './columns.ts'
import { OWN_KEYS, type Table } from './tables.ts'

/** In memory at once: pictures have some 30 KB, versions up to 1 MB, parts of backbones 4 MiB. */
const PAGE_BYTES = 4 * 2 ** 20
/** So that a statement that writes them has fewer parameters than SQLite's 32,766. */
const PAGE_ROWS = 1_000

export type Cell = string | number | bigint | Uint8Array | null
export type Row = Record<string, Cell>
export type Key = Cell[]

/** Rows by key: those after one, up to another. Undefined: from the first, or to the last. */
type Range = { after?: Key | undefined; last?: Key | undefined }

/** @returns the key of the last row of a page that begins after a row; undefined: there is none anymore */
export async function findPageEnd(
  side: Side,
  { table, columns }: { table: Table; columns: readonly Column[] },
  after: Key | undefined,
): Promise<Key | undefined> {
  const { rows } = await sql<Row & { bytes: number | bigint }>`select ${keysOf(table)}, ${sizeOf(columns)} as bytes
    from ${sql.table(table.name)} where ${isIn(table, { after })} order by ${keysOf(table)} limit ${PAGE_ROWS}`.execute(
    side,
  )
  let end: Row | undefined
  let bytes = 0
  for (const row of rows) {
    bytes += Number(row.bytes)
    if (end && bytes > PAGE_BYTES) break
    end = row
  }
  return end && keyOf(end, table)
}

/** The rows of a range, by key. */
export async function readRange(
  side: Side,
  { table, columns }: { table: Table; columns: readonly Column[] },
  range: Range,
): Promise<Row[]> {
  const names = sql.join(columns.map(({ name }) => sql.ref(name)))
  const { rows } = await sql<Row>`select ${names} from ${sql.table(table.name)} where ${isIn(table, range)}
    order by ${keysOf(table)}`.execute(side)
  return rows
}

export const keyOf = (row: Row, { key }: Table): Key => key.map((name) => row[name] ?? null)

/** How many rows a table has that are copied, and bytes in their texts and blobs. */
export async function measure(
  side: Side,
  { table, columns }: { table: Table; columns: readonly Column[] },
): Promise<{ rows: number; bytes: number }> {
  const all = await sql<{ rows: number | bigint; bytes: number | bigint | null }>`select count(*) as rows,
    cast(sum(${sizeOf(columns)}) as bigint) as bytes from ${sql.table(table.name)} where ${isIn(table, {})}`.execute(
    side,
  )
  const [found] = all.rows
  return { rows: Number(found?.rows ?? 0), bytes: Number(found?.bytes ?? 0) }
}

const keysOf = ({ key }: Table): RawBuilder<unknown> => sql.join(key.map((name) => sql.ref(name)))

/** From what rows say about long values, without reading these. */
function sizeOf(columns: readonly Column[]): RawBuilder<unknown> {
  const long = columns.filter(({ isLong }) => isLong)
  if (long.length === 0) return sql`0`
  return sql.join(
    long.map(({ name }) => sql`coalesce(octet_length(${sql.ref(name)}), 0)`),
    sql` + `,
  )
}

function isIn(table: Table, { after, last }: Range): RawBuilder<unknown> {
  const keys = sql`(${keysOf(table)})`
  const conditions = [
    ...(after ? [sql`${keys} > (${sql.join(after)})`] : []),
    ...(last ? [sql`${keys} <= (${sql.join(last)})`] : []),
    ...(table.name === 'expiring' ? [sql`key not in (${sql.join([...OWN_KEYS])})`] : []),
  ]
  return conditions.length === 0 ? sql`1 = 1` : sql.join(conditions, sql` and `)
}
