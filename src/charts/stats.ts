import type { Chart } from './chart.ts'
import { type ConfusionMatrix, confusionChart } from './confusion-chart.ts'
import { examplesChart } from './examples-chart.ts'
import { type LinePoint, lineChart } from './line-chart.ts'

/** What is drawn of a dataset's statistics. `accuracy`: share of right answers, 0 to 1; null: not measured. */
export type StatsChart = {
  labels: { label: string; examples: number }[]
  confusion: ConfusionMatrix | null
  versions: { version: number; accuracy: number | null }[]
  learning: { curve: { examples: number; accuracy: number }[] } | null
}
/** Headings in the language of whoever looks at it. */
export type ChartWords = Record<'examples' | 'confusion' | 'accuracy' | 'learning', string>

/** The latest versions whose accuracy is drawn. */
const MAX_VERSIONS = 30

/** One chart for each thing that there is something to say about. */
export function* drawStats(stats: StatsChart, words: ChartWords): Generator<Chart> {
  if (stats.labels.length > 0) yield examplesChart(stats.labels, words.examples)
  if (stats.confusion) yield confusionChart(stats.confusion, words.confusion)
  const curve = learningPoints(stats)
  if (curve.length > 1) yield lineChart('learning', words.learning, curve)
  const history = accuracyPoints(stats)
  if (history.length > 1) yield lineChart('accuracy', words.accuracy, history.slice(-MAX_VERSIONS))
}

const accuracyPoints = ({ versions }: StatsChart): LinePoint[] =>
  versions.flatMap(({ version, accuracy }) => (accuracy === null ? [] : [{ at: String(version), share: accuracy }]))

const learningPoints = ({ learning }: StatsChart): LinePoint[] =>
  (learning?.curve ?? []).map(({ examples, accuracy }) => ({ at: examplesText(examples), share: accuracy }))

/** Examples a label are means: small ones with one digit. */
export const examplesText = (examples: number): string => examples.toFixed(examples < 3 ? 1 : 0)
