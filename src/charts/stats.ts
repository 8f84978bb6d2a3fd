import type { EChartsOption } from 'echarts'
import { INK, type Rich, shorten, withEmoji } from './text.ts'

/** What is drawn of a dataset's statistics, with the words of whoever looks at it. */
export type StatsChart = {
  labels: { label: string; examples: number }[]
  confusion: { labels: string[]; counts: number[][] } | null
  versions: { version: number; accuracy: number | null }[]
  learning: { curve: { examples: number; accuracy: number }[] } | null
}
export type ChartWords = Record<'examples' | 'confusion' | 'accuracy' | 'learning', string>
export type Drawing = { name: string; option: EChartsOption; width: number; height: number }

/** Wide enough to be read on a phone, where it is shown at half its size. */
const WIDTH = 720
const SIZE = 20
const MOST = 20
const LONGEST = 14

/** One chart for each thing that there is something to say about. */
export function* drawStats(stats: StatsChart, words: ChartWords): Generator<Drawing> {
  if (stats.labels.length > 0) yield examples(stats, words)
  if (stats.confusion) yield confusion(stats.confusion, words)
  if (stats.learning && stats.learning.curve.length > 1) yield learning(stats.learning.curve, words)
  if (stats.versions.filter((v) => v.accuracy !== null).length > 1) yield accuracy(stats, words)
}

const title = (text: string) => ({
  text,
  left: 16,
  top: 12,
  textStyle: { color: INK.text, fontSize: SIZE + 4 },
})

/** A label's axis: emoji as pictures, long ones cut. */
function names(labels: string[]) {
  const rich: Rich = {}
  const shown = labels.map((l) => withEmoji(shorten(l, LONGEST), SIZE, rich))
  return { data: shown, axisLabel: { color: INK.text, rich, interval: 0 } }
}

function examples({ labels }: StatsChart, words: ChartWords): Drawing {
  const most = [...labels].sort((a, b) => b.examples - a.examples).slice(0, MOST)
  const axis = names(most.map((l) => l.label))
  return {
    ...{ name: 'examples', width: WIDTH, height: 90 + most.length * 38 },
    option: {
      title: title(words.examples),
      grid: { left: 16, right: 70, top: 60, bottom: 16, containLabel: true },
      xAxis: { type: 'value', show: false },
      yAxis: { type: 'category', inverse: true, ...axis, axisLine: { show: false }, axisTick: { show: false } },
      series: [
        {
          ...{ type: 'bar', data: most.map((l) => l.examples), itemStyle: { color: INK.line, borderRadius: 4 } },
          label: { show: true, position: 'right', color: INK.text, fontSize: SIZE },
        },
      ],
    },
  }
}

function confusion({ labels, counts }: NonNullable<StatsChart['confusion']>, words: ChartWords): Drawing {
  const kept = mostConfused(counts).slice(0, MOST)
  const axis = names(kept.map((i) => labels[i]!))
  const cells = kept.flatMap((truth, y) =>
    kept.map((said, x) => {
      const all = counts[truth]!.reduce((sum, n) => sum + n, 0)
      return [x, y, all === 0 ? 0 : counts[truth]![said]! / all, counts[truth]![said]!]
    }),
  )
  const side = Math.max(40, Math.min(90, 460 / kept.length))
  return {
    ...{ name: 'confusion', width: WIDTH, height: Math.max(360, 250 + kept.length * side) },
    option: {
      title: title(words.confusion),
      grid: { left: 16, right: 30, top: 70, bottom: 16, containLabel: true },
      xAxis: { type: 'category', ...axis, axisLabel: { ...axis.axisLabel, rotate: 60 } },
      yAxis: { type: 'category', inverse: true, ...axis },
      visualMap: { show: false, min: 0, max: 1, dimension: 2, inRange: { color: ['#2b2d31', '#3c45a5', '#8ea1ff'] } },
      series: [
        {
          ...{ type: 'heatmap', data: cells, itemStyle: { borderColor: INK.background, borderWidth: 2 } },
          label: {
            ...{ show: side >= 30, color: '#ffffff', fontSize: SIZE - 2 },
            formatter: ({ value }: { value?: unknown }) => String((value as number[])[3] || ''),
          },
        },
      ],
    },
  }
}

/** Labels by how many mistakes they have a part in, in their own order. */
function mostConfused(counts: number[][]): number[] {
  const wrong = counts.map((row, i) => row.reduce((sum, n, j) => sum + (i === j ? 0 : n + counts[j]![i]!), 0))
  const order = [...counts.keys()].sort((a, b) => wrong[b]! - wrong[a]!)
  return order.slice(0, MOST).sort((a, b) => a - b)
}

function accuracy({ versions }: StatsChart, words: ChartWords): Drawing {
  const measured = versions.filter((v) => v.accuracy !== null).slice(-30)
  return line(
    'accuracy',
    words.accuracy,
    measured.map((v) => [String(v.version), v.accuracy!]),
  )
}

function learning(curve: { examples: number; accuracy: number }[], words: ChartWords): Drawing {
  return line(
    'learning',
    words.learning,
    curve.map((p) => [p.examples.toFixed(p.examples < 3 ? 1 : 0), p.accuracy]),
  )
}

/** Shares of right answers from left to right. */
function line(name: string, words: string, points: [name: string, share: number][]): Drawing {
  const text = { color: INK.text, fontSize: SIZE }
  const percent = points.map(([, share]) => Math.round(1000 * share) / 10)
  return {
    ...{ name, width: WIDTH, height: 380 },
    option: {
      title: title(words),
      grid: { left: 16, right: 40, top: 80, bottom: 16, containLabel: true },
      xAxis: { type: 'category', data: points.map(([at]) => at), axisLabel: text },
      yAxis: {
        ...{ type: 'value', min: Math.floor(Math.min(...percent) / 10) * 10, max: 100 },
        axisLabel: { ...text, formatter: '{value} %' },
        splitLine: { lineStyle: { color: INK.faint } },
      },
      series: [
        {
          ...{ type: 'line', data: percent, symbolSize: 10, itemStyle: { color: INK.good } },
          ...{ lineStyle: { width: 4 }, label: { show: points.length <= 10, ...text, formatter: '{c} %' } },
        },
      ],
    },
  }
}
