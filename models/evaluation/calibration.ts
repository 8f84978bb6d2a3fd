import type { Matrix } from '../kernels/kernels.ts'

/** Softmax, row by row. */
export function softmax({ data: scores, rows, columns }: Matrix): Matrix {
  const data = new Float32Array(rows * columns)
  for (let r = 0; r < rows; r++) {
    const at = r * columns
    let top = -Infinity
    for (let i = at; i < at + columns; i++) top = Math.max(top, scores[i]!)
    let sum = 0
    for (let i = at; i < at + columns; i++) sum += data[i] = Math.exp(scores[i]! - top)
    for (let i = at; i < at + columns; i++) data[i]! /= sum
  }
  return { data, rows, columns }
}

/** As Platt (1999) does: no error among n examples is no proof that there are none. */
export function targetOf({ rows, columns }: Matrix, truth: number, c: number): number {
  const doubt = 1 / (rows + 2)
  return c === truth ? 1 - doubt : doubt / (columns - 1)
}

/**
 * By what log odds are multiplied so that the mean confidence on these rows is the share of right answers (expectation consistency,
 * Clarté et al. 2023). The least log loss instead leaves answers less sure than they are right (docs/learning.md).
 */
export function expectationConsistency(logOdds: Matrix, truth: ArrayLike<number>): number {
  const { data, rows, columns } = logOdds
  let hits = 0
  // How far each is below the row's largest.
  const below = new Float32Array(data.length)
  for (let r = 0; r < rows; r++) {
    let best = r * columns
    for (let i = best + 1; i < (r + 1) * columns; i++) if (data[i]! > data[best]!) best = i
    hits += Number(best - r * columns === truth[r])
    for (let i = r * columns; i < (r + 1) * columns; i++) below[i] = data[i]! - data[best]!
  }
  const confidence = (times: number): number => {
    let total = 0
    for (let r = 0; r < rows; r++) {
      let sum = 0
      for (let i = r * columns; i < (r + 1) * columns; i++) sum += Math.exp(times * below[i]!)
      total += 1 / sum
    }
    return total / rows
  }
  // Laplace's rule of succession, for the reason of `targetOf`.
  const target = (hits + 1) / (rows + 2)
  let [low, high] = [Math.log(0.1), Math.log(50)]
  for (let i = 0; i < 20; i++) {
    const middle = (low + high) / 2
    if (confidence(Math.exp(middle)) < target) low = middle
    else high = middle
  }
  return Math.exp((low + high) / 2)
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
export function wilsonInterval(hits: number, n: number): [number, number] {
  if (n === 0) return [0, 1]
  const z = 1.96
  const p = hits / n
  const middle = p + (z * z) / (2 * n)
  const spread = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  const whole = 1 + (z * z) / n
  return [Math.max(0, (middle - spread) / whole), Math.min(1, (middle + spread) / whole)]
}
