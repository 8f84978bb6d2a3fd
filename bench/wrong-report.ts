import { formatSpread, type Spread, table } from './figures.ts'

const MEASURES = [
  'auroc',
  'swapped',
  'strangers',
  'precision',
  'recall',
  'selfConfidence',
  'normalisedMargin',
  'clPrecision',
  'clRecall',
  'right',
  'all',
  'robust',
  'reviewed',
  'leftOut',
] as const
export type Measure = (typeof MEASURES)[number]
export const measures: readonly Measure[] = MEASURES

/** In percent. Accuracies are of right pictures that were not among the examples. */
export type WrongRow = { set: string; k: number } & Record<Measure, Spread>
/** The same with nothing wrong. */
export type CleanRow = { set: string; k: number } & Record<'flagged' | 'leftOut' | 'all' | 'robust', Spread>
export type WrongResults = { seeds: number; rows: WrongRow[]; clean: CleanRow[] }

/** The section of RESULTS.md about wrong pictures. */
export function describeWrong({ seeds, rows, clean }: WrongResults): string {
  const cells = (row: WrongRow, ...some: Measure[]): string[] => [
    row.set,
    `${row.k}`,
    ...some.map((measure) => formatSpread(row[measure])),
  ]
  const change = (from: Spread, to: Spread): string => (to.mean - from.mean).toFixed(1)
  const accuracies = rows.map((r) => [
    ...cells(r, 'right', 'all', 'robust'),
    change(r.right, r.robust),
    formatSpread(r.leftOut),
    formatSpread(r.reviewed),
    change(r.right, r.reviewed),
  ])
  const cleanCells = clean.map((r) => [
    r.set,
    `${r.k}`,
    formatSpread(r.flagged),
    formatSpread(r.leftOut),
    formatSpread(r.all),
    formatSpread(r.robust),
    change(r.all, r.robust),
  ])
  return `## Wrong pictures

30 % of the pictures under each label are wrong: half are pictures of other labels, half of things without a label. Sets of \`bench/sets/\`, the half that
no choice was made on (photographs: of clothes, 28 x 28, Fashion-MNIST), with two thirds of the labels taught; ${seeds} seeds, ± their standard deviation, in percent. AUROC of the suspicion score: all
wrong pictures, the swapped ones, the strangers. Beside it the formulas of confident learning (Northcutt et al. 2021, as cleanlab has them) on the same features: self-confidence and
normalized margin of our own cross-validated probabilities, and what its thresholds flag.

${table(
  ['set', 'pictures a label', 'AUROC', 'swapped', 'strangers', 'self-confidence', 'normalized margin'],
  rows.map((r) => cells(r, 'auroc', 'swapped', 'strangers', 'selfConfidence', 'normalisedMargin')),
)}

${table(
  ['set', 'pictures a label', 'flagged: precision', 'recall', 'confident learning: precision', 'recall'],
  rows.map((r) => cells(r, 'precision', 'recall', 'clPrecision', 'clRecall')),
)}

Accuracy on right pictures that were not among the examples: trained on the right ones alone, on all, on all except what is left out automatically (\`--robust\`, the
default), and after a person reviewed the most suspect third.

${table(
  ['set', 'pictures a label', 'right ones', 'all', 'robust', 'change', 'left out', 'reviewed', 'change'],
  accuracies,
)}

Where nothing is wrong: what is flagged and left out all the same, and what that costs.

${table(['set', 'pictures a label', 'flagged', 'left out', 'accuracy with all', 'robust', 'change'], cleanCells)}
`
}
