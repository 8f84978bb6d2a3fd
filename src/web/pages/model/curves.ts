import type { EChartsOption } from 'echarts'
import { html, useCallback, type VNode } from '../lib/html.ts'
import { formatNumber, formatPercent, words } from '../lib/words.ts'
import { Chart } from './chart.ts'
import type { Colours } from './colours.ts'
import type { Stats, Version } from './data.ts'

const GRID = { left: 12, right: 20, top: 16, bottom: 28, containLabel: true }

const look = ({ quiet, line }: Colours) => ({
  nameLocation: 'middle' as const,
  nameGap: 28,
  nameTextStyle: { color: quiet },
  axisLine: { lineStyle: { color: line } },
  splitLine: { lineStyle: { color: line } },
})

const shares = (colours: Colours, { name = '', min = 0 } = {}) => ({
  ...look(colours),
  type: 'value' as const,
  ...{ name, min, max: 1, interval: (1 - min) / 4 },
  axisLabel: { color: colours.quiet, formatter: (share: number) => formatPercent(share, 1) },
})

const categories = (colours: Colours, name: string, data: string[]) => ({
  ...look(colours),
  type: 'category' as const,
  ...{ name, data },
  axisLabel: { color: colours.quiet },
})

/** An axis of shares begins where there is something to see, in steps of a tenth. */
const lowest = (shares: readonly number[]): number => Math.max(0, Math.floor(Math.min(1, ...shares) * 10 - 0.5) / 10)

/** How often answers of some confidence are right. */
export function CalibrationChart({ stats: { calibration } }: { stats: Stats }): VNode {
  const { calibration: w } = words().model.charts
  const option = useCallback(
    (colours: Colours): EChartsOption => ({
      grid: GRID,
      xAxis: shares(colours, { name: w.confidence }),
      yAxis: shares(colours),
      tooltip: { trigger: 'item' },
      series: [
        {
          type: 'line',
          name: w.ideal,
          data: [
            [0, 0],
            [1, 1],
          ],
          symbol: 'none',
          silent: true,
          lineStyle: { color: colours.quiet, type: 'dashed', width: 1 },
        },
        {
          type: 'line',
          name: w.accuracy,
          data: calibration.map(({ confidence, accuracy }) => [confidence, accuracy]),
          symbol: 'circle',
          symbolSize: (_, { dataIndex }) => sizeOf(calibration[dataIndex]?.count ?? 0),
          itemStyle: { color: colours.accent },
          lineStyle: { color: colours.accent, width: 1.5, opacity: 0.5 },
          tooltip: {
            formatter: (point) => describe(calibration[(Array.isArray(point) ? point[0] : point)?.dataIndex ?? 0]),
          },
        },
      ],
    }),
    [calibration, w],
  )
  const most = Math.max(1, ...calibration.map(({ count }) => count))
  // What few pictures say weighs little.
  const sizeOf = (count: number): number => 5 + 13 * Math.sqrt(count / most)
  const describe = (bin: Stats['calibration'][number] | undefined): string =>
    bin
      ? `${w.confidence}: ${formatPercent(bin.confidence)}\n${w.accuracy}: ${formatPercent(bin.accuracy)}\n${w.pictures}: ${formatNumber(bin.count)}`
      : ''
  const rows = calibration.map(({ confidence, accuracy, count }) => [
    formatPercent(confidence),
    formatPercent(accuracy),
    formatNumber(count),
  ])
  const table = { columns: [w.confidence, w.accuracy, w.pictures], rows }
  return html`<${Chart} title=${w.title} text=${w.text} table=${table} option=${option} />`
}

type Curve = NonNullable<Stats['learning']>['curve']

/** What more pictures bring. */
export function LearningChart({ curve }: { curve: Curve }): VNode {
  const { learning: w } = words().model.charts
  const few = (examples: number): string => formatNumber(examples, { maximumFractionDigits: examples < 3 ? 1 : 0 })
  const option = useCallback(
    (colours: Colours): EChartsOption => ({
      grid: GRID,
      xAxis: categories(
        colours,
        w.examples,
        curve.map((p) => few(p.examples)),
      ),
      yAxis: shares(colours, { min: lowest(curve.map((p) => p.accuracy)) }),
      tooltip: { trigger: 'axis', valueFormatter: (share) => formatPercent(Number(share), 1) },
      series: [
        line(
          colours,
          w.accuracy,
          curve.map((p) => p.accuracy),
        ),
      ],
    }),
    [curve, w],
  )
  const rows = curve.map(({ examples, accuracy }) => [few(examples), formatPercent(accuracy, 1)])
  return html`<${Chart} title=${w.title} text=${w.text} table=${{ columns: [w.examples, w.accuracy], rows }} option=${option} />`
}

/** How accuracy went from one version to the next. */
export function AccuracyChart({ versions }: { versions: readonly Version[] }): VNode {
  const { accuracy: w } = words().model.charts
  const measured = versions.filter(({ accuracy }) => accuracy !== null)
  const right = measured.map(({ accuracy }) => accuracy ?? 0)
  const option = useCallback(
    (colours: Colours): EChartsOption => ({
      grid: GRID,
      xAxis: categories(
        colours,
        w.version,
        measured.map((v) => `${v.version}`),
      ),
      yAxis: shares(colours, { min: lowest(right) }),
      tooltip: { trigger: 'axis', valueFormatter: (share) => formatPercent(Number(share), 1) },
      series: [
        {
          ...line(colours, w.accuracy, right),
          data: measured.map(({ accuracy, current }) => ({
            value: accuracy ?? 0,
            ...(current && { symbolSize: 14, itemStyle: { color: colours.sure } }),
          })),
        },
      ],
    }),
    [versions, w],
  )
  const rows = measured.map(({ version, accuracy, current }) => [
    `${version}${current ? ` (${w.active})` : ''}`,
    formatPercent(accuracy ?? 0, 1),
  ])
  return html`<${Chart} title=${w.title} table=${{ columns: [w.version, w.accuracy], rows }} option=${option} />`
}

const line = ({ accent }: Colours, name: string, data: number[]) => ({
  type: 'line' as const,
  name,
  data,
  symbol: 'circle',
  symbolSize: 8,
  itemStyle: { color: accent },
  lineStyle: { color: accent, width: 2 },
})
