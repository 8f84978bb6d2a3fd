import type { ConfusionMatrix } from './confusion-chart.ts'
import type { LinePoint } from './line-chart.ts'

/** What is drawn of a dataset's statistics. `accuracy`: share of right answers, 0 to 1; null: not measured. */
export type StatsChart = {
  labels: { label: string; examples: number }[]
  confusion: ConfusionMatrix | null
  versions: { version: number; accuracy: number | null }[]
  learning: { curve: { examples: number; accuracy: number }[] } | null
}

export type ChartName = 'examples' | 'confusion' | 'learning' | 'accuracy'
/** Headings in the language of whoever looks at it. */
export type ChartWords = Record<ChartName, string>

/** The charts that there is something to say about. */
export function listCharts(stats: StatsChart): ChartName[] {
  const has: Record<ChartName, boolean> = {
    examples: stats.labels.length > 0,
    confusion: stats.confusion !== null,
    learning: learningPoints(stats).length > 1,
    accuracy: accuracyPoints(stats).length > 1,
  }
  return CHART_NAMES.filter((name) => has[name])
}

const CHART_NAMES = ['examples', 'confusion', 'learning', 'accuracy'] as const

export const accuracyPoints = ({ versions }: StatsChart): LinePoint[] =>
  versions.flatMap(({ version, accuracy }) => (accuracy === null ? [] : [{ at: String(version), share: accuracy }]))

export const learningPoints = ({ learning }: StatsChart): LinePoint[] =>
  (learning?.curve ?? []).map(({ examples, accuracy }) => ({ at: examplesText(examples), share: accuracy }))

/** Examples a label are means: small ones with one digit, where it says something. */
export const examplesText = (examples: number): string => String(Number(examples.toFixed(examples < 3 ? 1 : 0)))
