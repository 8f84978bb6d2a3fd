// Figures that several benchmarks report, and how they are written.
import type { Matrix } from '../models/numbers/matrix.ts'

export type Spread = { mean: number; deviation: number }

/** Mean and sample standard deviation. */
export function spreadOf(values: number[]): Spread {
  const mean = meanOf(values)
  const squares = values.reduce((sum, v) => sum + (v - mean) ** 2, 0)
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) }
}

export const meanOf = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length

export const formatSpread = ({ mean, deviation }: Spread): string => `${mean.toFixed(1)} ± ${deviation.toFixed(1)}`

/** A table in markdown. */
export const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

/** Column of the largest value of each row. */
export function argmaxRows({ data, rows, columns }: Matrix): number[] {
  return Array.from({ length: rows }, (_, r) => {
    const row = data.subarray(r * columns, (r + 1) * columns)
    return row.indexOf(Math.max(...row))
  })
}

/** Percent of the answers that are right. */
export const percentRight = (answers: ArrayLike<number>, truth: ArrayLike<number>): number => {
  const right = Array.from(answers).filter((answer, i) => answer === truth[i])
  return (100 * right.length) / answers.length
}

/** Chance in percent that a value of `above` is larger than one of `below`; ties count half. */
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
