import { type Chart, cutHeading, FONT_SIZE, labelAxis, MAX_LABELS, title, WIDTH } from './chart.ts'
import { COLORS } from './colors.ts'

const BAR_HEIGHT = 38
const HEAD_HEIGHT = 90

/** Bars: the labels that have most examples. */
export function examplesChart(labels: { label: string; examples: number }[], heading: string): Chart {
  const most = [...labels].sort((a, b) => b.examples - a.examples).slice(0, MAX_LABELS)
  return {
    name: 'examples',
    width: WIDTH,
    height: HEAD_HEIGHT + most.length * BAR_HEIGHT,
    option: {
      title: title(cutHeading(heading, most.length, labels.length)),
      grid: { left: 16, right: 70, top: 60, bottom: 16, containLabel: true },
      xAxis: { type: 'value', show: false },
      yAxis: {
        type: 'category',
        inverse: true,
        ...labelAxis(most.map((l) => l.label)),
        axisLine: { show: false },
        axisTick: { show: false },
      },
      series: [
        {
          type: 'bar',
          data: most.map((l) => l.examples),
          itemStyle: { color: COLORS.line, borderRadius: 4 },
          label: { show: true, position: 'right', color: COLORS.text, fontSize: FONT_SIZE },
        },
      ],
    },
  }
}
