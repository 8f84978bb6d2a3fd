import { wilsonInterval } from '../../models/evaluation/wilson-interval.ts'
import { COLORS } from '../../src/charts/colors.ts'
import { toSvg } from '../../src/charts/draw.ts'
import { toPng } from '../../src/charts/png.ts'
import { table } from '../figures.ts'

/** `right` of the pictures that were held out; seconds of training; milliseconds of an answer. */
export type Result = { name: string; right: number; training: number; answer: number }

const percent = (share: number): string => (100 * share).toFixed(1)

/** A table in markdown. @param n pictures that were held out */
export function describeResults(results: Result[], n: number): string {
  const rows = results.map(({ name, right, training, answer }) => {
    const interval = wilsonInterval(right, n).map(percent).join(' to ')
    return [name, `${percent(right / n)} (${interval})`, training.toFixed(1), answer.toFixed(1)]
  })
  return table(['', 'right, % (95 %)', 'training, s', 'one answer, ms'], rows)
}

/** A bar for each result. @returns PNG */
export function drawResults(results: Result[], n: number, set: string): Uint8Array {
  const text = { color: COLORS.text, fontSize: 20 }
  const shortName = ({ name }: Result): string => name.split(',').slice(0, 2).join(',')
  const options = {
    title: {
      text: `${set}: right on held-out pictures, %`,
      left: 16,
      top: 12,
      textStyle: { ...text, fontSize: 24 },
    },
    grid: { left: 16, right: 80, top: 60, bottom: 16, containLabel: true },
    xAxis: { type: 'value' as const, min: 0, max: 100, show: false },
    yAxis: { type: 'category' as const, inverse: true, data: results.map(shortName), axisLabel: text },
    series: [
      {
        type: 'bar' as const,
        data: results.map(({ right }) => Number(percent(right / n))),
        itemStyle: { color: COLORS.line, borderRadius: 4 },
        label: { show: true, position: 'right' as const, ...text },
      },
    ],
  }
  return toPng(toSvg(options, 900, 300))
}
