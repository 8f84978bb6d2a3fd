import { type Chart, cutHeading, FONT_SIZE, labelAxis, MAX_LABELS, title, WIDTH } from './chart.ts'
import { COLORS } from './colors.ts'

/** `counts[i][j]`: examples of label i that were taken for label j. */
export type ConfusionMatrix = { labels: string[]; counts: number[][] }

/** Pixels of a cell's side, and from which on it has room for its number. */
const MIN_CELL = 40
const MAX_CELL = 90
const NUMBERED_CELL = 30
/** All cells beside each other, where their sides allow it. */
const GRID_WIDTH = 460
const HEAD_HEIGHT = 250
const MIN_HEIGHT = 360

/** [column, row, share of the row, count] */
type Cell = [x: number, y: number, share: number, count: number]

/** A heat map: what examples of each label were taken for, of the labels that are most confused. */
export function confusionChart({ labels, counts }: ConfusionMatrix, heading: string): Chart {
  const shown = mostConfused(counts)
  const axis = labelAxis(shown.map((i) => labels[i] ?? ''))
  const side = Math.max(MIN_CELL, Math.min(MAX_CELL, GRID_WIDTH / shown.length))
  return {
    name: 'confusion',
    width: WIDTH,
    height: Math.max(MIN_HEIGHT, HEAD_HEIGHT + shown.length * side),
    option: {
      title: title(cutHeading(heading, shown.length, labels.length)),
      grid: { left: 16, right: 30, top: 70, bottom: 16, containLabel: true },
      xAxis: { type: 'category', ...axis, axisLabel: { ...axis.axisLabel, rotate: 60 } },
      yAxis: { type: 'category', inverse: true, ...axis },
      visualMap: { show: false, min: 0, max: 1, dimension: 2, inRange: { color: COLORS.scale } },
      series: [
        {
          type: 'heatmap',
          data: cellsOf(counts, shown),
          itemStyle: { borderColor: COLORS.background, borderWidth: 2 },
          label: {
            show: side >= NUMBERED_CELL,
            color: COLORS.onScale,
            fontSize: FONT_SIZE - 2,
            formatter: ({ value }: { value?: unknown }) => (Array.isArray(value) ? String(value[3] || '') : ''),
          },
        },
      ],
    },
  }
}

function cellsOf(counts: number[][], shown: number[]): Cell[] {
  return shown.flatMap((truth, y) => {
    const row = counts[truth] ?? []
    const all = row.reduce((sum, n) => sum + n, 0)
    return shown.map((answer, x): Cell => {
      const count = row[answer] ?? 0
      return [x, y, all === 0 ? 0 : count / all, count]
    })
  })
}

/** The labels that have a part in most mistakes, in their own order. */
function mostConfused(counts: number[][]): number[] {
  const mistakes = counts.map((row, i) =>
    row.reduce((sum, count, j) => (i === j ? sum : sum + count + (counts[j]?.[i] ?? 0)), 0),
  )
  const order = [...counts.keys()].sort((a, b) => (mistakes[b] ?? 0) - (mistakes[a] ?? 0))
  return order.slice(0, MAX_LABELS).sort((a, b) => a - b)
}
