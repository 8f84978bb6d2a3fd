import { formatSpread, type Spread, table } from './figures.ts'
import type { CleanRow, WrongRow } from './wrong-report.ts'

/** `who`: which backbones. `row` with 30 % wrong pictures, `clean` with none. */
export type WrongByTwoRow = { who: string; row: WrongRow; clean: CleanRow }

const change = (from: Spread, to: Spread): string => (to.mean - from.mean).toFixed(1)

/** The section of RESULTS.md about wrong pictures and two backbones. */
export function describeWrongByTwo(rows: WrongByTwoRow[]): string {
  if (rows.length === 0)
    return '## Wrong pictures, two backbones\n\nNot measured: the file of `photos` was not there.\n'
  const cells = rows.map(({ who, row, clean }) => [
    row.set,
    `${row.k}`,
    who,
    ...[row.auroc, row.precision, row.recall, row.right, row.robust].map(formatSpread),
    change(row.right, row.robust),
    formatSpread(clean.flagged),
    change(clean.all, clean.robust),
  ])
  const head = ['set', 'pictures a label', 'backbones', 'AUROC', 'flagged: precision', 'recall', 'right ones', 'robust']
  return `## Wrong pictures, two backbones

As above, but with the embedded backbone, with \`photos\`, and with both, on photographs and clip art: 36 pictures a label at most. Targets: AUROC 92, robust within 1.5 points of the
right ones alone. The last two columns are where nothing is wrong.

${table([...head, 'change', 'flagged of right ones', 'change'], cells)}
`
}
