import { solveLinearSystem } from '../numbers/linear-system.ts'

/** Ridge on the slope: where the two kinds do not overlap, it would grow without end. */
const RIDGE = 0.015
/** Keeps the system solvable where every probability is 0 or 1. */
const TINY = 1e-9
const NEWTON_STEPS = 30
const TOLERANCE = 1e-8

/**
 * Logistic regression on one value, P(positive) = 1 / (1 + exp(-(intercept + slope * value))), by Newton steps; positive and negative
 * ones count the same in all, however many there are.
 */
export function fitLogistic(positive: number[], negative: number[]): { intercept: number; slope: number } {
  const kinds = [
    { values: positive, target: 1, weight: 0.5 / positive.length },
    { values: negative, target: 0, weight: 0.5 / negative.length },
  ]
  const w = [0, 0]
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const gradient = [0, RIDGE * w[1]!]
    const hessian = [
      [TINY, 0],
      [0, RIDGE],
    ]
    for (const { values, target, weight } of kinds)
      for (const value of values) {
        const v = [1, value]
        const p = 1 / (1 + Math.exp(-(w[0]! + w[1]! * v[1]!)))
        for (let i = 0; i < 2; i++) {
          gradient[i]! += weight * (p - target) * v[i]!
          for (let j = 0; j < 2; j++) hessian[i]![j]! += weight * p * (1 - p) * v[i]! * v[j]!
        }
      }
    const move = solveLinearSystem(hessian, gradient)
    for (let i = 0; i < 2; i++) w[i]! -= move[i]!
    if (Math.max(...move.map(Math.abs)) < TOLERANCE) break
  }
  return { intercept: w[0]!, slope: w[1]! }
}

export const toProbability = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds))
export const toLogOdds = (probability: number): number => Math.log(probability / (1 - probability))
