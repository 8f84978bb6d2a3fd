import type { Outcome } from './send-file.ts'

export type Refused = { path: string; message: string }

/** What became of the files so far. */
export type Tally = { added: number; known: number; refused: readonly Refused[]; examples: readonly number[] }

export const EMPTY: Tally = { added: 0, known: 0, refused: [], examples: [] }

export const doneOf = ({ added, known, refused }: Tally): number => added + known + refused.length

/** Counts as it goes; what is read of it is a copy. */
export function openTally() {
  const [refused, examples]: [Refused[], number[]] = [[], []]
  let [added, known] = [0, 0]
  return {
    note(path: string, outcome: Outcome): void {
      if (outcome.kind === 'added') {
        added++
        if (outcome.example !== undefined) examples.push(outcome.example)
      } else if (outcome.kind === 'known') known++
      else refused.push({ path, message: outcome.message })
    },
    read: (): Tally => ({ added, known, refused: [...refused], examples: [...examples] }),
  }
}

/** The list of what was refused, as a table that spreadsheets read. */
export function refusedAsCsv(refused: readonly Refused[], heads: readonly [string, string]): Blob {
  const rows = [heads, ...refused.map(({ path, message }) => [path, message])]
  // The mark at the beginning says that it is UTF-8.
  return new Blob(['\ufeff', ...rows.map((cells) => `${cells.map(quote).join(',')}\r\n`)], {
    type: 'text/csv;charset=utf-8',
  })
}

/** A cell that begins like a formula is none. */
const quote = (cell: string): string => `"${cell.replace(/^(?=[=+@\t\r-])/, "'").replaceAll('"', '""')}"`
