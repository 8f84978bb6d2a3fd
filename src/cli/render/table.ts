import { displayWidth } from './width.ts'

const GAP = '  '

/** Rows in columns; those in which no row has a cell are left out. @param heading names of the columns, over them */
export function table(rows: readonly (readonly string[])[], heading: readonly string[] = []): string[] {
  const all = heading.length > 0 ? [heading, ...rows] : rows
  const columns = Math.max(...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    rows.some((row) => row[column]) ? Math.max(...all.map((row) => displayWidth(row[column] ?? ''))) : null,
  )
  const cells = (row: readonly string[]): string[] =>
    widths.flatMap((width, column) => {
      const text = row[column] ?? ''
      return width === null ? [] : [text + ' '.repeat(width - displayWidth(text))]
    })
  return all.map((row) => cells(row).join(GAP).trimEnd())
}
