import { select } from './features.ts'
import type { Matrix } from './kernels/kernels.ts'

/** Softmax of scores / temperature, row by row. */
export function softmax(scores: Matrix, temperature: number): Matrix {
  const { rows, columns } = scores
  const data = new Float32Array(rows * columns)
  for (let r = 0; r < rows; r++) {
    const at = r * columns
    let top = -Infinity
    for (let i = at; i < at + columns; i++) top = Math.max(top, scores.data[i]!)
    let sum = 0
    for (let i = at; i < at + columns; i++) sum += data[i] = Math.exp((scores.data[i]! - top) / temperature)
    for (let i = at; i < at + columns; i++) data[i]! /= sum
  }
  return { data, rows, columns }
}

/** The temperature of least log loss on out-of-fold scores (Guo et al. 2017), by golden section on its logarithm. */
export function fitTemperature(all: Matrix, truth: ArrayLike<number>): number {
  const { scores, y } = some(all, truth)
  // As Platt (1999) does: no error among n examples is no proof that there are none.
  const doubt = 1 / (scores.rows + 2)
  const loss = (log: number): number => {
    const p = softmax(scores, Math.exp(log))
    let sum = 0
    for (let r = 0; r < p.rows; r++)
      for (let c = 0; c < p.columns; c++) {
        const target = c === y[r] ? 1 - doubt : doubt / (p.columns - 1)
        sum -= target * Math.log(Math.max(p.data[r * p.columns + c]!, 1e-12))
      }
    return sum
  }
  const ratio = (Math.sqrt(5) - 1) / 2
  let [low, high] = [Math.log(0.02), Math.log(5)]
  let [a, b] = [high - ratio * (high - low), low + ratio * (high - low)]
  let [atA, atB] = [loss(a), loss(b)]
  for (let i = 0; i < 24; i++) {
    if (atA < atB) {
      ;[high, b, atB] = [b, a, atA]
      a = high - ratio * (high - low)
      atA = loss(a)
    } else {
      ;[low, a, atA] = [a, b, atB]
      b = low + ratio * (high - low)
      atB = loss(b)
    }
  }
  return Math.exp((low + high) / 2)
}

/** More rows than this make one number no better. */
const ENOUGH = 4000

/** Evenly spread over all rows. */
function some(scores: Matrix, y: ArrayLike<number>): { scores: Matrix; y: ArrayLike<number> } {
  const step = Math.ceil(scores.rows / ENOUGH)
  if (step === 1) return { scores, y }
  const taken = Array.from({ length: Math.ceil(scores.rows / step) }, (_, i) => i * step)
  return { scores: select(scores, taken), y: taken.map((r) => y[r]!) }
}

/** Mean of |confidence - accuracy| over 15 equal bins, weighted by size, in [0, 1] (Naeini et al. 2015). */
export function calibrationError(confidence: number[], right: boolean[]): number {
  const bins = Array.from({ length: 15 }, () => ({ confidence: 0, right: 0 }))
  confidence.forEach((p, i) => {
    const bin = bins[Math.min(14, Math.floor(p * 15))]!
    bin.confidence += p
    bin.right += Number(right[i])
  })
  return bins.reduce((sum, b) => sum + Math.abs(b.confidence - b.right), 0) / Math.max(1, confidence.length)
}

/** Wilson's 95 % interval of a share (1927). */
export function wilson(hits: number, n: number): [number, number] {
  if (n === 0) return [0, 1]
  const z = 1.96
  const p = hits / n
  const middle = p + (z * z) / (2 * n)
  const spread = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  const whole = 1 + (z * z) / n
  return [Math.max(0, (middle - spread) / whole), Math.min(1, (middle + spread) / whole)]
}
