import { formatSpread, meanOf, type Spread, table } from './figures.ts'

/** The embedded backbone, `photos`, both together; on the features of `photos` alone: Teachable Machine's recipe and logistic regression. */
export const WAYS = ['embedded', 'photos', 'both', 'dense', 'logistic'] as const
export type Way = (typeof WAYS)[number]
/** In percent. `perfect`: the calibration error that a perfect classifier would measure on as many pictures. */
export type Answers = { right: number; calibration: number; perfect: number }
/** Of one set and number of pictures a label, in percent. Calibration is that of both backbones. */
export type PhotographRow = { set: string; k: number; calibration: number; perfect: number } & Record<Way, Spread>
export type PhotographResults = { seeds: number; rows: PhotographRow[] }

const better = (row: PhotographRow): number => Math.max(row.embedded.mean, row.photos.mean)
const recipe = (row: PhotographRow): number => Math.max(row.dense.mean, row.logistic.mean)
const signed = (value: number): string => (value < 0 ? '' : '+') + value.toFixed(1)

/** The section of RESULTS.md about two backbones. */
export function describePhotographs({ seeds, rows }: PhotographResults): string {
  if (rows.length === 0) return '## Photographs, two backbones\n\nNot measured: the file of `photos` was not there.\n'
  const cells = rows.map((row) => [
    row.set,
    `${row.k}`,
    ...WAYS.map((way) => formatSpread(row[way])),
    signed(row.both.mean - better(row)),
    `${row.calibration.toFixed(1)} (${row.perfect.toFixed(1)})`,
  ])
  const means = [...Map.groupBy(rows, ({ k }) => k)].map(([k, some]) => {
    const mean = (of: (row: PhotographRow) => number): number => meanOf(some.map(of))
    return [
      '**mean**',
      `${k}`,
      ...WAYS.map((way) => mean((row) => row[way].mean).toFixed(1)),
      signed(mean((row) => row.both.mean - better(row))),
      `${mean((row) => row.calibration).toFixed(1)} (${mean((row) => row.perfect).toFixed(1)})`,
    ]
  })
  const worst = Math.min(...rows.map((row) => row.both.mean - better(row)))
  const ahead = [...Map.groupBy(rows, ({ k }) => k)].map(
    ([k, some]) => `${signed(meanOf(some.map((row) => row.both.mean - recipe(row))))} at ${k}`,
  )
  const over = meanOf(rows.map((row) => row.calibration - row.perfect))
  return `## Photographs, two backbones

Photographs of look-alike cartons (GroceryStoreDataset) and of clothes (Fashion-MNIST), and the kinds of drawings above, as far as they
are in the table: 12 labels and 36 pictures a label at most. The embedded backbone, \`photos\` (ImageNet's MobileNet V2), and both together, as the program trains (\`--effort balanced\`, the linear heads). Beside them, on the features of \`photos\` of
the same splits: Teachable Machine's recipe (a layer of 100, softmax, Adam, 50 epochs) and logistic regression (C 1). ${seeds} splits, in percent, ± their standard
deviation. *Gain*: both over the better backbone. *Calibration*: error of both in 15 bins, and in parentheses what a perfect classifier would measure on as many pictures.
The cartons are for developing: choices were made with them in sight.

${table(['set', 'pictures a label', 'embedded', 'photos', 'both', 'Teachable Machine', 'logistic regression', 'gain', 'calibration'], [...cells, ...means])}

Worst gain: ${signed(worst)} (target: −2 at least). Both against the better of the recipe's two heads: ${ahead.join(', ')} (target: 3 more at each).
Calibration above the perfect classifier's: ${signed(over)} (target: 1.5 at most).
`
}
