import { type Chart, cutHeading } from './chart.ts'
import { confusionChart } from './confusion-chart.ts'
import { examplesChart } from './examples-chart.ts'
import { lineChart } from './line-chart.ts'
import {
  accuracyPoints,
  type ChartName,
  type ChartWords,
  learningPoints,
  listCharts,
  type StatsChart,
} from './stats-data.ts'

/** The latest versions whose accuracy is drawn. */
const MAX_VERSIONS = 30

/** One chart for each thing that there is something to say about. @param only those of these names */
export function drawStats(stats: StatsChart, words: ChartWords, only?: readonly ChartName[]): Chart[] {
  const names = listCharts(stats).filter((name) => only?.includes(name) ?? true)
  return names.flatMap((name) => drawOne(name, stats, words[name]))
}

function drawOne(name: ChartName, stats: StatsChart, heading: string): Chart[] {
  switch (name) {
    case 'examples':
      return [examplesChart(stats.labels, heading)]
    case 'confusion':
      return stats.confusion ? [confusionChart(stats.confusion, heading)] : []
    case 'learning':
      return [lineChart('learning', heading, learningPoints(stats))]
    case 'accuracy': {
      const points = accuracyPoints(stats)
      const latest = points.slice(-MAX_VERSIONS)
      return [lineChart('accuracy', cutHeading(heading, latest.length, points.length), latest)]
    }
  }
}
