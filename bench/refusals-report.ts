import { meanOf, table } from './figures.ts'

/** In percent; NaN where there is nothing that it is a share of. */
export type Refused = {
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

/** Means over random splits, by set, labels that were taught, and pictures a label. */
export type RefusalRow = Refused & { set: string; taught: string; k: number }

const FIGURES: (keyof Refused)[] = [
  'refused',
  'refusedLow',
  'refusedHigh',
  'strangers',
  'strangersAt',
  'auroc',
  'sure',
  'sureRight',
  'unsureRight',
  'right',
]

/** Means over splits or rows, of what is a number. */
export function meanRefused(of: Refused[]): Refused {
  const mean = (name: keyof Refused): number => meanOf(of.map((each) => each[name]).filter((v) => !Number.isNaN(v)))
  return Object.fromEntries(FIGURES.map((name) => [name, mean(name)])) as Refused
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
    cells({ ...some[0]!, ...meanRefused(some), set: '**mean**' }),
  )
  return `## Sure, unsure, unknown

What is refused (unknown) of pictures of what was taught, at each caution, and of strangers: pictures of labels that never were, of the same kind. The same sets as
above, and photographs of clothes; half of the labels are taught, or two, or one. The background holds none of their pictures. Five splits, in percent.

${table(HEAD, [...rows.map(cells), ...means])}
`
}

const percent = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(1))
