import { byteProgress, type Progress } from '../../progress.ts'
import { isPostgres } from '../engine.ts'
import { sql } from '../kysely.ts'
import { type Column, listColumns, type Side } from './columns.ts'
import { bytesOf, compareTable } from './compare.ts'
import { emptyTables } from './empty.ts'
import { insertRows } from './insert-rows.ts'
import { compareNumbers, readNumbers, writeNumbers } from './numbers.ts'
import { findPageEnd, type Key, measure, readRange } from './pages.ts'
import { COPIED, type Table } from './tables.ts'
import { removeTriggers } from './triggers.ts'

/** What was copied: rows, and bytes of their texts and blobs. */
export type Copied = { rows: number; bytes: number }
type Work = { table: Table; columns: Column[] }

/**
 * Copies every row from one database into another, of whatever engine, and then reads both again, row by row. Both have this
 * program's schema. The source stands still meanwhile; the copy, which is emptied first, is one transaction of a connection, or
 * a file that nobody else knows. Throws UserError migrate.refused, migrate.different
 */
export async function* copyRows(source: Side, copy: Side): AsyncGenerator<Progress, Copied> {
  const works: Work[] = []
  for (const table of COPIED) works.push({ table, columns: await requireSameColumns(source, copy, table) })
  const all = await measureAll(source, works)
  let done = 0
  // All is read twice.
  const progress = (bytes: number): Progress => {
    done += bytes
    return byteProgress(done, Math.max(done, 2 * all.bytes))
  }
  const numbers = await readNumbers(source)
  await emptyTables(copy)
  const restoreTriggers = await removeTriggers(copy)
  for (const work of works) for await (const bytes of copyTable(source, copy, work)) yield progress(bytes)
  await restoreTriggers()
  await writeNumbers(copy, numbers)
  if (isPostgres(copy)) await makeDue(copy)
  for (const work of works) for await (const bytes of compareTable(source, copy, work)) yield progress(bytes)
  await compareNumbers(numbers, copy)
  return all
}

/** What a copy of a database would have. */
export async function measureRows(side: Side): Promise<Copied> {
  const works: Work[] = []
  for (const table of COPIED) works.push({ table, columns: await listColumns(side, table.name) })
  return measureAll(side, works)
}

async function measureAll(side: Side, works: readonly Work[]): Promise<Copied> {
  const all: Copied = { rows: 0, bytes: 0 }
  for (const work of works) {
    const { rows, bytes } = await measure(side, work)
    all.rows += rows
    all.bytes += bytes
  }
  return all
}

/** Yields the bytes of each page. */
async function* copyTable(source: Side, copy: Side, work: Work): AsyncGenerator<number> {
  for (let after: Key | undefined; ; ) {
    const last = await findPageEnd(source, work, after)
    if (!last) return
    const rows = await readRange(source, work, { after, last })
    await insertRows(copy, work, rows)
    after = last
    yield bytesOf(rows)
  }
}

async function requireSameColumns(source: Side, copy: Side, table: Table): Promise<Column[]> {
  const columns = await listColumns(source, table.name)
  const others = await listColumns(copy, table.name)
  const names = (list: Column[]): string => list.map(({ name }) => name).join(', ')
  if (columns.length === 0 || names(columns) !== names(others))
    throw new Error(
      `Expected ${table.name} to have the same columns on both sides: ${names(columns)}; ${names(others)}`,
    )
  return columns
}

/** PostgreSQL keeps which datasets are due for a training: each is looked at once. */
const makeDue = (copy: Side) => sql`insert into due (dataset, changed_at) select id, 0 from datasets`.execute(copy)
