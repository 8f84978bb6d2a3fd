import { displayWidth } from './width.ts'

/** Rows in columns, indented, with a heading. A cell may be empty. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [heading, ...rows]
  const widths = heading.map((_, column) => Math.max(...all.map((row) => displayWidth(row[column] ?? ''))))
  const pad = (text: string, column: number) => text + ' '.repeat((widths[column] ?? 0) - displayWidth(text))
  return all.map((row) => `  ${row.map(pad).join('  ')}`.trimEnd()).join('\n')
}
