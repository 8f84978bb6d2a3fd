import { type Chart, FONT_SIZE, title, WIDTH } from './chart.ts'
import { COLORS } from './colors.ts'

/** `at`: what stands below the point. `share` of right answers, 0 to 1. */
export type LinePoint = { at: string; share: number }

const HEIGHT = 380
/** Of points that have room for their number. */
const MAX_NUMBERED = 10

/** A line: shares of right answers from left to right, in percent. */
export function lineChart(name: string, heading: string, points: LinePoint[]): Chart {
  const text = { color: COLORS.text, fontSize: FONT_SIZE }
  const percent = points.map(({ share }) => Math.round(1000 * share) / 10)
  return {
    name,
    width: WIDTH,
    height: HEIGHT,
    option: {
      title: title(heading),
      grid: { left: 16, right: 40, top: 80, bottom: 16, containLabel: true },
      xAxis: { type: 'category', data: points.map(({ at }) => at), axisLabel: text },
      yAxis: {
        type: 'value',
        min: Math.floor(Math.min(...percent) / 10) * 10,
        max: 100,
        axisLabel: { ...text, formatter: '{value} %' },
        splitLine: { lineStyle: { color: COLORS.faint } },
      },
      series: [
        {
          type: 'line',
          data: percent,
          symbolSize: 10,
          itemStyle: { color: COLORS.good },
          lineStyle: { width: 4 },
          label: { show: points.length <= MAX_NUMBERED, ...text, formatter: '{c} %' },
        },
      ],
    },
  }
}
