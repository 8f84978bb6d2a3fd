import { meanOf, table } from './figures.ts'

/** Means over random splits, in percent, by set, labels that were taught, and pictures a label. */
export type RefusalRow = {
  set: string
  taught: string
  k: number
  /** Of what was taught, at each caution. */
  refused: number
  refusedLow: number
  refusedHigh: number
  /** Of strangers, at normal caution; and where 5 % of what was taught are refused. */
  strangers: number
  strangersAt: number
  auroc: number
  /** Share of the answers to what was taught that are sure, and how many of them are right. */
  sure: number
  sureRight: number
  unsureRight: number
  /** Right answers, whatever their grade. */
  right: number
}

const HEAD = [
  'set',
  'labels',
  'pictures a label',
  'refused: low / normal / high',
  'strangers refused',
  'where 5 % are',
  'AUROC',
  'sure',
  'of them right',
  'unsure: right',
  'right in all',
]

/** The section of RESULTS.md about grades. */
export function describeRefusals(rows: RefusalRow[]): string {
  const cells = (r: RefusalRow): string[] => [
    r.set,
    r.taught,
    `${r.k}`,
    [r.refusedLow, r.refused, r.refusedHigh].map(percent).join(' / '),
    ...[r.strangers, r.strangersAt, r.auroc, r.sure, r.sureRight, r.unsureRight, r.right].map(percent),
  ]
  const means = [...Map.groupBy(rows, ({ taught, k }) => `${taught} ${k}`).values()].map((some) =>
    cells({ ...meanRow(some), set: '**mean**' }),
  )
  return `## Sure, unsure, unknown

What is refused (unknown) of pictures of what was taught, at each caution, and of strangers: pictures of labels that never were, of the same kind. The same sets as
above, and photographs of clothes; half of the labels are taught, or two, or one. The background holds none of their pictures. Five splits, in percent.

${table(HEAD, [...rows.map(cells), ...means])}
`
}

const percent = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(1))

function meanRow(rows: RefusalRow[]): RefusalRow {
  const mean = (of: (row: RefusalRow) => number): number => meanOf(rows.map(of).filter((value) => !Number.isNaN(value)))
  return {
    ...rows[0]!,
    refused: mean((r) => r.refused),
    refusedLow: mean((r) => r.refusedLow),
    refusedHigh: mean((r) => r.refusedHigh),
    strangers: mean((r) => r.strangers),
    strangersAt: mean((r) => r.strangersAt),
    auroc: mean((r) => r.auroc),
    sure: mean((r) => r.sure),
    sureRight: mean((r) => r.sureRight),
    unsureRight: mean((r) => r.unsureRight),
    right: mean((r) => r.right),
  }
}
