import { poolProbabilities } from '../heads/combine-scores.ts'
import type { Matrix } from '../numbers/matrix.ts'
import { freeArrays } from '../numbers/memory.ts'
import { targetProbability } from './calibration.ts'

const TINY = 1e-12

export type WeightProblem = {
  /** n x classes of each head. */
  scores: Matrix[]
  /** Class of each row. */
  y: number[]
  /** What each row counts, 1 on average (`labelWeights`). */
  importance: Float64Array
  /** Weight of each head before anything is measured, above 0. */
  initial: number[]
  /** How strongly weights are pulled there, beside the log loss summed over all rows: few rows move them little. */
  pull: number
}

/** Log loss of a logarithmic opinion pool with these weights, and the pull. Convex in the weights. */
export function poolLoss({ scores, y, importance, initial, pull }: WeightProblem, weights: number[]): number {
  const p = poolProbabilities(scores, weights)
  let sum = pull * weights.reduce((sum, w, h) => sum + (w / initial[h]! - 1) ** 2, 0)
  for (let r = 0; r < p.rows; r++)
    for (let c = 0; c < p.columns; c++)
      sum -= importance[r]! * targetProbability(p, y[r]!, c) * Math.log(Math.max(p.data[r * p.columns + c]!, TINY))
  freeArrays(p.data)
  return sum
}

/** First and second derivatives of `poolLoss` by the weights. */
export function poolSlopes({ scores, y, importance, initial, pull }: WeightProblem, weights: number[]) {
  const p = poolProbabilities(scores, weights)
  const gradient = initial.map((s, h) => (2 * pull * (weights[h]! / s - 1)) / s)
  const hessian = initial.map((s, h) => initial.map((_, g) => (h === g ? (2 * pull) / s / s : 0)))
  const mean = new Float64Array(initial.length)
  for (let r = 0; r < p.rows; r++) {
    mean.fill(0)
    const counts = importance[r]!
    for (let c = 0; c < p.columns; c++) {
      const i = r * p.columns + c
      const target = targetProbability(p, y[r]!, c)
      for (let h = 0; h < mean.length; h++) {
        const s = scores[h]!.data[i]!
        mean[h]! += p.data[i]! * s
        gradient[h]! += counts * (p.data[i]! - target) * s
        for (let g = 0; g <= h; g++) hessian[h]![g]! += counts * p.data[i]! * s * scores[g]!.data[i]!
      }
    }
    for (let h = 0; h < mean.length; h++) for (let g = 0; g <= h; g++) hessian[h]![g]! -= counts * mean[h]! * mean[g]!
  }
  for (let h = 0; h < mean.length; h++) for (let g = 0; g < h; g++) hessian[g]![h] = hessian[h]![g]!
  freeArrays(p.data)
  return { gradient, hessian }
}
