import type { Matrix } from '../numbers/matrix.ts'
import { freeArrays } from '../numbers/memory.ts'

/**
 * Sums the scores of several heads, each times its weight: log odds, up to a constant in each row.
 * @param scores of one or more heads, n x classes each
 */
export function weightedSum(scores: Matrix[], weights: number[]): Matrix {
  const { rows, columns, data } = scores[0]!
  const sum = new Float32Array(data.length)
  scores.forEach((s, h) => {
    for (let i = 0; i < sum.length; i++) sum[i]! += weights[h]! * s.data[i]!
  })
  return { data: sum, rows, columns }
}

/** Softmax of each row: the rows of the result add up to 1. */
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

/**
 * A logarithmic opinion pool (Genest and Zidek 1986): the softmax of the weighted sum.
 * @param scores of one or more heads, n x classes each
 */
export function poolProbabilities(scores: Matrix[], weights: number[]): Matrix {
  const sum = weightedSum(scores, weights)
  const probabilities = softmax(sum)
  freeArrays(sum.data)
  return probabilities
}
