import { table } from './figures.ts'
import { meanRefused, type RefusalRow } from './refusals-report.ts'

/** `who`: which backbones. */
export type RefusalByTwoRow = RefusalRow & { who: string }

const HEAD = [
  'set',
  'labels',
  'pictures a label',
  'backbones',
  'refused',
  'strangers refused',
  'where 5 % are',
  'AUROC',
]

/** The section of RESULTS.md about grades and two backbones. */
export function describeRefusalsByTwo(rows: RefusalByTwoRow[]): string {
  if (rows.length === 0)
    return '## Sure, unsure, unknown, two backbones\n\nNot measured: the file of `photos` was not there.\n'
  const groups = [...Map.groupBy(rows, ({ taught, k, who }) => `${taught} ${k} ${who}`).values()]
  const means = groups.map((some) => cells({ ...some[0]!, ...meanRefused(some), set: '**mean**' }))
  return `## Sure, unsure, unknown, two backbones

As above, but with the embedded backbone, and with it and \`photos\`, on the sets of *Photographs, two backbones*: 12 labels and 36 pictures a label at most. At normal caution; five splits, in percent.

${table(HEAD, [...rows.map(cells), ...means])}
`
}

const FIGURES = ['refused', 'strangers', 'strangersAt', 'auroc'] as const
const cells = (row: RefusalByTwoRow): string[] => [
  row.set,
  row.taught,
  `${row.k}`,
  row.who,
  ...FIGURES.map((name) => row[name].toFixed(1)),
]
