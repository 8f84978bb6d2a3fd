import { MAX_BYTES, MAX_ROWS, type PackedRows } from './protocol.ts'

type Row = unknown[]

/** Splits rows into messages of at most MAX_ROWS rows and, beyond one row, about MAX_BYTES bytes. Always yields one. */
export function* packRows(columns: string[], rows: Iterable<Row>): Generator<PackedRows> {
  let cells: Row[] = []
  let size = 0
  let isFirst = true
  for (const row of rows) {
    cells.push(row)
    size += sizeOf(row)
    if (cells.length < MAX_ROWS && size < MAX_BYTES) continue
    yield pack(columns, cells)
    cells = []
    size = 0
    isFirst = false
  }
  if (isFirst || cells.length > 0) yield pack(columns, cells)
}

/** Blobs begin at multiples of 8 bytes, so that vectors can be viewed where they lie. */
const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8

function sizeOf(row: Row): number {
  let size = 0
  for (const cell of row) size += typeof cell === 'string' ? cell.length : cell instanceof Uint8Array ? cell.length : 8
  return size
}

function pack(columns: string[], cells: Row[]): PackedRows {
  const found: { row: number; column: number; blob: Uint8Array }[] = []
  let length = 0
  cells.forEach((cellsOfRow, row) => {
    cellsOfRow.forEach((cell, column) => {
      if (!(cell instanceof Uint8Array)) return
      found.push({ row, column, blob: cell })
      length += aligned(cell.length)
      cellsOfRow[column] = null
    })
  })
  const bytes = new ArrayBuffer(length)
  const blobs: number[] = []
  let start = 0
  for (const { row, column, blob } of found) {
    new Uint8Array(bytes, start).set(blob)
    blobs.push(row, column, start, blob.length)
    start += aligned(blob.length)
  }
  return { columns, cells, bytes, blobs }
}

/** The rows as objects by column name; blobs are Buffers on the buffer that was received. */
export function unpackRows({ columns, cells, bytes, blobs }: PackedRows): Record<string, unknown>[] {
  for (let at = 0; at < blobs.length; at += 4) {
    const [row = 0, column = 0, start = 0, length = 0] = blobs.slice(at, at + 4)
    const cellsOfRow = cells[row]
    if (cellsOfRow) cellsOfRow[column] = Buffer.from(bytes, start, length)
  }
  return cells.map((row) => {
    const named: Record<string, unknown> = {}
    columns.forEach((column, i) => {
      named[column] = row[i]
    })
    return named
  })
}
