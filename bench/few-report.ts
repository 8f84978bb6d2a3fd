import { EFFORT_NAMES, type Effort } from '../models/views.ts'
import { formatSpread, meanOf, type Spread, table } from './figures.ts'

/** By set and pictures a label, in percent. */
export type AccuracyRow = { set: string; k: number; plain: Spread } & Record<Effort, Spread>
/** Half of the labels are never taught; `accepted`: the share of their pictures that is accepted where 90 % of the known are. */
export type UnknownRow = { set: string; k: number; effort: Effort; auroc: Spread; accepted: Spread }
export type CalibrationRow = { set: string; effort: Effort; error: Spread }
export type FewResults = {
  splits: number
  accuracy: AccuracyRow[]
  unknown: UnknownRow[]
  calibration: CalibrationRow[]
}

/** The section of RESULTS.md about few pictures a label. */
export function describeFew({ splits, accuracy, unknown, calibration }: FewResults): string {
  const gains = (effort: Effort): number[] => accuracy.map((row) => row[effort].mean - row.plain.mean)
  const accuracyRows = accuracy.map((r) => [
    r.set,
    `${r.k}`,
    formatSpread(r.plain),
    ...EFFORT_NAMES.map((effort) => formatSpread(r[effort])),
  ])
  const unknownRows = unknown.map((r) => [r.set, `${r.k}`, r.effort, formatSpread(r.auroc), formatSpread(r.accepted)])
  const unknownMeans = EFFORT_NAMES.map((effort) => {
    const rows = unknown.filter((r) => r.effort === effort)
    const mean = (of: 'auroc' | 'accepted'): string => meanOf(rows.map((r) => r[of].mean)).toFixed(1)
    return ['mean', '', effort, mean('auroc'), mean('accepted')]
  })
  const calibrationMeans = EFFORT_NAMES.map((effort) => {
    const rows = calibration.filter((r) => r.effort === effort)
    return ['mean', effort, meanOf(rows.map((r) => r.error.mean)).toFixed(1)]
  })
  return `## Few pictures a label, four kinds of pictures

Sets of \`bench/sets/\`, made from packages. None of their pictures or labels had a part in the prior or in any choice. ${splits} random splits, ± their
standard deviation, in percent. The plain SVM (C 3, centred features) sees one view; Mekiki sees one (fast), two (balanced) or seven (careful).

${table(
  ['set', 'pictures a label', 'plain SVM', ...EFFORT_NAMES],
  [
    ...accuracyRows,
    ['mean gain over the plain SVM', '', '', ...EFFORT_NAMES.map((effort) => `+${meanOf(gains(effort)).toFixed(1)}`)],
    ['least gain', '', '', ...EFFORT_NAMES.map((effort) => Math.min(...gains(effort)).toFixed(1))],
  ],
)}

Known against unknown, with half of the labels never taught: AUROC, and the share of the unknown that is accepted where 90 % of the known are.

${table(['set', 'pictures a label', 'views', 'AUROC', 'accepted'], [...unknownRows, ...unknownMeans])}

Calibration error in 15 bins, at ten pictures a label. Emoji have four pictures a label: too few for these last two tables.

${table(['set', 'views', 'error'], [...calibration.map((r) => [r.set, r.effort, formatSpread(r.error)]), ...calibrationMeans])}
`
}
