import { UserError } from '../../errors.ts'
import { storableText } from '../postgres/storable-text.ts'
import type { Column, Side } from './columns.ts'
import { type Cell, findPageEnd, type Key, keyOf, type Row, readRange } from './pages.ts'
import type { Table } from './tables.ts'

type Comparing = { table: Table; columns: readonly Column[] }

/** Reads a table on both sides, in key order. Yields bytes that are the same. Throws UserError migrate.different */
export async function* compareTable(source: Side, copy: Side, what: Comparing): AsyncGenerator<number> {
  const { table } = what
  let after: Key | undefined
  for (;;) {
    const last = await findPageEnd(source, what, after)
    // What comes after the last row of the source is looked for, too.
    const [rows, copied] = [
      last ? await readRange(source, what, { after, last }) : [],
      await readRange(copy, what, { after, last }),
    ]
    requireSame(table, rows, copied)
    if (!last) return
    after = last
    yield bytesOf(rows)
  }
}

function requireSame(table: Table, rows: readonly Row[], copied: readonly Row[]): void {
  for (let i = 0; i < Math.max(rows.length, copied.length); i++) {
    const [row, copy] = [rows[i], copied[i]]
    if (row && copy && isSameRow(row, copy)) continue
    const key = keyOf(row ?? copy ?? {}, table).join(' ')
    throw new UserError(
      'migrate.different',
      `Expected the same row on both sides, found another one, or none, in ${table.name} ${key}: nothing has moved`,
      { where: `${table.name} ${key}` },
    )
  }
}

const isSameRow = (row: Row, copy: Row): boolean =>
  Object.keys(row).every((name) => isSameCell(row[name] ?? null, copy[name] ?? null))

function isSameCell(one: Cell, other: Cell): boolean {
  if (one instanceof Uint8Array || other instanceof Uint8Array)
    return one instanceof Uint8Array && other instanceof Uint8Array && Buffer.compare(one, other) === 0
  if (exact(one) === exact(other)) return true
  return typeof one === 'string' && typeof other === 'string' && storableText(one) === storableText(other)
}

/** Whole numbers arrive as either, by their size. */
const exact = (cell: Cell): Cell => (typeof cell === 'number' && Number.isSafeInteger(cell) ? BigInt(cell) : cell)

/** Of texts and blobs. */
export function bytesOf(rows: readonly Row[]): number {
  let bytes = 0
  for (const row of rows)
    for (const cell of Object.values(row))
      bytes += typeof cell === 'string' ? Buffer.byteLength(cell) : cell instanceof Uint8Array ? cell.length : 0
  return bytes
}
