import type { Matrix } from '../numbers/matrix.ts'

/**
 * Target probability of class c for a row of class `truth`, a little inside 0 and 1, as Platt (1999) has it: no error among n
 * examples does not prove that there are none. @param like n x classes: of the same rows
 */
export function targetProbability(like: Matrix, truth: number, c: number): number {
  const doubt = 1 / (like.rows + 2)
  return c === truth ? 1 - doubt : doubt / (like.columns - 1)
}

/** Between these a multiplier of log odds is looked for, by this many halvings of the logarithm: to 6 parts in a million. */
const MULTIPLIERS = { least: 0.1, most: 50, halvings: 20 }

/**
 * Temperature scaling by expectation consistency (Clarté et al. 2023): what log odds are multiplied by so that the mean confidence on
 * these rows is the share of right answers. Scaling by the least log loss leaves answers less sure than they are right (docs/learning.md).
 * @param logOdds n x classes @param truth class of each row @returns 0.1 to 50
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
  const confidence = (multiplier: number): number => {
    let total = 0
    for (let r = 0; r < rows; r++) {
      let sum = 0
      for (let i = r * columns; i < (r + 1) * columns; i++) sum += Math.exp(multiplier * below[i]!)
      total += 1 / sum
    }
    return total / rows
  }
  // Laplace's rule of succession, for the reason of `targetProbability`.
  const target = (hits + 1) / (rows + 2)
  let [low, high] = [Math.log(MULTIPLIERS.least), Math.log(MULTIPLIERS.most)]
  for (let i = 0; i < MULTIPLIERS.halvings; i++) {
    const middle = (low + high) / 2
    if (confidence(Math.exp(middle)) < target) low = middle
    else high = middle
  }
  return Math.exp((low + high) / 2)
}

const BINS = 15

/**
 * Expected calibration error: the mean of |confidence - accuracy| over 15 equal bins, weighted by size, in [0, 1] (Naeini et al. 2015).
 * @param confidence of each answer, 0 to 1 @param right whether it was right
 */
export function calibrationError(confidence: number[], right: boolean[]): number {
  const bins = Array.from({ length: BINS }, () => ({ confidence: 0, right: 0 }))
  confidence.forEach((p, i) => {
    const bin = bins[Math.min(BINS - 1, Math.floor(p * BINS))]!
    bin.confidence += p
    bin.right += Number(right[i])
  })
  return bins.reduce((sum, b) => sum + Math.abs(b.confidence - b.right), 0) / Math.max(1, confidence.length)
}
