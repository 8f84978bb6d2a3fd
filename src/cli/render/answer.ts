import { styleText } from 'node:util'
import { type Answer, type Line, type Section, toAnswer } from '../../locales/answer.ts'
import { table } from './table.ts'

const INDENT = '  '

/** An answer as lines for a terminal: cells of neighbouring lines are columns, titled sections are paragraphs. */
export function layOut(said: Answer | string): string {
  const { before = [], headline, lines = [], sections = [], next = [] } = toAnswer(said)
  const isApart = next.length > 0 && sections.some(({ title }) => title !== undefined)
  return [
    ...linesOf([...before, headline, ...lines]),
    ...sections.flatMap(sectionLines),
    ...(isApart ? [''] : []),
    ...next,
  ].join('\n')
}

/** A titled section stands below an empty line. */
function sectionLines({ title, columns, lines }: Section): string[] {
  const shown = linesOf(lines, columns)
  if (title === undefined) return shown
  return ['', styleText('bold', title, { stream: process.stdout }), ...shown.map((line) => INDENT + line)]
}

/** Rows that follow each other are one table. */
function linesOf(lines: readonly (Line | false)[], columns?: readonly string[]): string[] {
  const laidOut: string[] = []
  let rows: (readonly string[])[] = []
  const flush = (): void => {
    if (rows.length > 0) laidOut.push(...table(rows, columns))
    rows = []
  }
  for (const line of lines) {
    if (line === false || line === '') continue
    if (typeof line !== 'string') rows.push(line)
    else {
      flush()
      laidOut.push(...line.split('\n'))
    }
  }
  flush()
  return laidOut
}
