// Numbers that several benchmarks report.
import type { Matrix } from '../models/kernels/kernels.ts'

export type Figures = { mean: number; deviation: number }

export function figures(values: number[]): Figures {
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  return { mean, deviation: Math.sqrt(values.reduce((a, v) => a + (v - mean) ** 2, 0) / (values.length - 1)) }
}

export const say = ({ mean, deviation }: Figures): string => `${mean.toFixed(1)} ± ${deviation.toFixed(1)}`

export const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

/** Column of the largest value of each row. */
export function best({ data, rows, columns }: Matrix): number[] {
  return Array.from({ length: rows }, (_, r) => {
    const row = data.subarray(r * columns, (r + 1) * columns)
    return row.indexOf(Math.max(...row))
  })
}

/** Percent of answers that are right. */
export const share = (said: number[], truth: number[]): number =>
  (100 * said.filter((c, i) => c === truth[i]).length) / said.length

/** Chance in percent that one of the first is above one of the second. */
export function auroc(above: number[], below: number[]): number {
  const sorted = below.toSorted((a, b) => a - b)
  const count = (v: number, orEqual: boolean): number => {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (sorted[middle]! < v || (orEqual && sorted[middle]! === v)) low = middle + 1
      else high = middle
    }
    return low
  }
  const sum = above.reduce((all, v) => all + (count(v, false) + count(v, true)) / 2, 0)
  return (100 * sum) / above.length / below.length
}
