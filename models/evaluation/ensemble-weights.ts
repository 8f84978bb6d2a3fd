import type { Matrix } from '../kernels/kernels.ts'
import { discard } from '../numbers/discard.ts'
import { select } from '../numbers/features.ts'
import { solve } from '../numbers/linear-system.ts'
import { expectationConsistency, softmax, targetOf } from './calibration.ts'

/** Pull towards the usual weights, on the log loss of all rows together: what few rows say counts little. */
const PULL = 0.5
/** Of the usual weight, what is no weight. */
const NOTHING = 1e-3
const STEPS = 20
/** More rows than this make a few numbers no better. */
const ENOUGH = 4000

/** The sum of all, each times its weight: log odds, up to a constant in each row. */
export function weightedSum(scores: Matrix[], weights: number[]): Matrix {
  const { rows, columns, data } = scores[0]!
  const sum = new Float32Array(data.length)
  scores.forEach((s, h) => {
    for (let i = 0; i < sum.length; i++) sum[i]! += weights[h]! * s.data[i]!
  })
  return { data: sum, rows, columns }
}

/**
 * What the scores of each head count in a logarithmic opinion pool (Genest and Zidek 1986), none less than 0: their proportions by the
 * least log loss on out-of-fold scores, then all of them together so that the mean confidence is the share of right answers.
 * @param all n x classes of each head @param truth class of each of these rows @param usual what each counts where little is known
 * @param among the rows; left out: all
 */
export function fitEnsembleWeights(
  all: Matrix[],
  truth: ArrayLike<number>,
  usual: number[],
  among: ArrayLike<number> = Array.from(truth, (_, r) => r),
): number[] {
  const step = Math.ceil(truth.length / ENOUGH)
  const some = Array.from({ length: Math.ceil(truth.length / step) }, (_, i) => i * step)
  const rows = some.map((i) => among[i]!)
  const scores = all.map((s) => select(s, rows))
  const y = some.map((i) => truth[i]!)
  const weights = usual.length > 1 ? proportions(scores, y, usual) : usual
  const sharper = expectationConsistency(weightedSum(scores, weights), y)
  discard(...scores.map((s) => s.data))
  return weights.map((w) => sharper * w)
}

/** Projected Newton steps (Bertsekas 1982): the loss is convex in the weights. */
function proportions(scores: Matrix[], y: number[], usual: number[]): number[] {
  let weights = usual
  let here = lossOf(scores, y, weights, usual)
  for (let i = 0; i < STEPS; i++) {
    const { gradient, hessian } = slopes(scores, y, weights, usual)
    const free = weights.flatMap((w, h) => (w > 0 || gradient[h]! < 0 ? [h] : []))
    const move = solve(
      free.map((h) => free.map((g) => hessian[h]![g]!)),
      free.map((h) => gradient[h]!),
    )
    const at = (size: number): number[] =>
      weights.map((w, h) => (free.includes(h) ? Math.max(0, w - size * move[free.indexOf(h)]!) : w))
    let size = 1
    let next = lossOf(scores, y, at(size), usual)
    while (next > here && size > 1e-3) {
      size /= 2
      next = lossOf(scores, y, at(size), usual)
    }
    if (!(next < here)) break
    weights = at(size)
    if (here - next < 1e-6 * y.length) break
    here = next
  }
  const kept = weights.map((w, h) => (w < NOTHING * usual[h]! ? 0 : w))
  // Scores that are worse than chance: somebody must answer all the same.
  return kept.some((w) => w > 0) ? kept : usual
}

const pull = (weights: number[], usual: number[]): number =>
  PULL * weights.reduce((sum, w, h) => sum + (w / usual[h]! - 1) ** 2, 0)

/** n x classes probabilities. */
export function ensembleProbabilities(scores: Matrix[], weights: number[]): Matrix {
  const sum = weightedSum(scores, weights)
  const p = softmax(sum)
  discard(sum.data)
  return p
}

function lossOf(scores: Matrix[], y: number[], weights: number[], usual: number[]): number {
  const p = ensembleProbabilities(scores, weights)
  let sum = pull(weights, usual)
  for (let r = 0; r < p.rows; r++)
    for (let c = 0; c < p.columns; c++)
      sum -= targetOf(p, y[r]!, c) * Math.log(Math.max(p.data[r * p.columns + c]!, 1e-12))
  discard(p.data)
  return sum
}

/** First and second derivatives of the loss by the weights. */
function slopes(scores: Matrix[], y: number[], weights: number[], usual: number[]) {
  const p = ensembleProbabilities(scores, weights)
  const gradient = usual.map((s, h) => (2 * PULL * (weights[h]! / s - 1)) / s)
  const hessian = usual.map((s, h) => usual.map((_, g) => (h === g ? (2 * PULL) / s / s : 0)))
  const mean = new Float64Array(usual.length)
  for (let r = 0; r < p.rows; r++) {
    mean.fill(0)
    for (let c = 0; c < p.columns; c++) {
      const i = r * p.columns + c
      const target = targetOf(p, y[r]!, c)
      for (let h = 0; h < mean.length; h++) {
        const s = scores[h]!.data[i]!
        mean[h]! += p.data[i]! * s
        gradient[h]! += (p.data[i]! - target) * s
        for (let g = 0; g <= h; g++) hessian[h]![g]! += p.data[i]! * s * scores[g]!.data[i]!
      }
    }
    for (let h = 0; h < mean.length; h++) for (let g = 0; g <= h; g++) hessian[h]![g]! -= mean[h]! * mean[g]!
  }
  for (let h = 0; h < mean.length; h++) for (let g = 0; g < h; g++) hessian[g]![h] = hessian[h]![g]!
  discard(p.data)
  return { gradient, hessian }
}
