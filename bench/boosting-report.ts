import { table } from './figures.ts'

type Measured = { seconds: number; accuracy: number }
/** Mekiki's boosting and the most accurate of scikit-learn's; null where that is not installed. Accuracy as a share. */
export type BoostingRow = Measured & { set: string; examples: number; labels: number; theirs: Measured | null }

const percent = (share: number): string => (100 * share).toFixed(1)

/** The section of RESULTS.md about boosting. */
export function describeBoosting(rows: BoostingRow[]): string {
  const cells = rows.map(({ set, examples, labels, seconds, accuracy, theirs }) => [
    `${set}, ${examples} x ${labels}`,
    percent(accuracy),
    seconds.toFixed(2),
    ...(theirs
      ? [
          percent(theirs.accuracy),
          theirs.seconds.toFixed(2),
          (accuracy / theirs.accuracy).toFixed(2),
          (theirs.seconds / seconds).toFixed(1),
        ]
      : ['not installed', '', '', '']),
  ])
  return `## Boosting on features of real pictures, one core

Features of the embedded backbone, 20 pictures a label. scikit-learn's HistGradientBoosting is the most accurate of four: with its defaults or with our number and size of
trees, on the features as they are or whitened as ours are (its best on the held-out pictures, which favours it).

${table(
  [
    'set, examples x labels',
    'Mekiki: right, %',
    'seconds',
    'scikit-learn: right, %',
    'seconds',
    "right / scikit-learn's",
    "time / Mekiki's",
  ],
  cells,
)}
`
}
