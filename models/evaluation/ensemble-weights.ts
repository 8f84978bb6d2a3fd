import { weightedSum } from '../heads/combine-scores.ts'
import { solveLinearSystem } from '../numbers/linear-system.ts'
import { type Matrix, selectRows } from '../numbers/matrix.ts'
import { freeArrays } from '../numbers/memory.ts'
import { expectationConsistency } from './calibration.ts'
import { poolLoss, poolSlopes, type WeightProblem } from './ensemble-loss.ts'
import { labelWeights } from './label-weights.ts'

/** Rows that a few weights are fitted on at most: more make them no better. */
const MAX_ROWS = 4000
/** A weight below this share of its initial one becomes 0. */
const NEGLIGIBLE = 1e-3
const NEWTON_STEPS = 20
/** A step is halved while it makes the loss worse, down to this share of it. */
const SMALLEST_STEP = 1e-3
/** Steps end where the loss falls by less than this for a row. */
const TOLERANCE = 1e-6

/** How far labels count the same in the loss: by pictures, heads that answer with the largest label alone win (docs/learning.md). */
export const EVENNESS = 0.75

/** How strongly weights of heads are pulled towards the initial ones. */
const PULL = 0.5

/**
 * `initial`: what each head counts where little is known, above 0. `rows`: those of the scores to fit on; all unless given. `pull`: how strongly
 * weights are pulled towards the initial ones.
 */
type Options = { initial: number[]; rows?: ArrayLike<number>; pull?: number }

/**
 * Weights of heads in a logarithmic opinion pool (Genest and Zidek 1986), none below 0. First their proportions, by the least log loss,
 * in which small labels count more than their pictures;
 * then a common factor, so that the mean confidence is the share of right answers (`expectationConsistency`).
 * @param all out-of-fold scores of each head, n x classes @param truth class of each of `rows`
 */
export function fitEnsembleWeights(
  all: Matrix[],
  truth: ArrayLike<number>,
  { initial, rows, pull = PULL }: Options,
): number[] {
  const step = Math.ceil(truth.length / MAX_ROWS)
  const sampled = Array.from({ length: Math.ceil(truth.length / step) }, (_, i) => i * step)
  const sampledRows = rows ? sampled.map((i) => rows[i]!) : sampled
  const scores = all.map((s) => selectRows(s, sampledRows))
  const y = sampled.map((i) => truth[i]!)
  const weights =
    initial.length > 1 ? fitProportions({ scores, y, importance: labelWeights(y, EVENNESS), initial, pull }) : initial
  const factor = expectationConsistency(weightedSum(scores, weights), y)
  freeArrays(...scores.map((s) => s.data))
  return weights.map((w) => factor * w)
}

/** Least loss with no weight below 0, by projected Newton steps (Bertsekas 1982). */
function fitProportions(problem: WeightProblem): number[] {
  const { initial, y } = problem
  let weights = initial
  let loss = poolLoss(problem, weights)
  for (let i = 0; i < NEWTON_STEPS; i++) {
    const move = newtonStep(problem, weights)
    let size = 1
    let next = poolLoss(problem, move(size))
    while (next > loss && size > SMALLEST_STEP) {
      size /= 2
      next = poolLoss(problem, move(size))
    }
    if (!(next < loss)) break
    weights = move(size)
    if (loss - next < TOLERANCE * y.length) break
    loss = next
  }
  const kept = weights.map((w, h) => (w < NEGLIGIBLE * initial[h]! ? 0 : w))
  // Where every head is worse than chance, somebody must answer all the same.
  return kept.some((w) => w > 0) ? kept : initial
}

/** @returns the weights after so much of a step, 0 to 1; those at 0 that would fall stay there */
function newtonStep(problem: WeightProblem, weights: number[]): (size: number) => number[] {
  const { gradient, hessian } = poolSlopes(problem, weights)
  const free = weights.flatMap((w, h) => (w > 0 || gradient[h]! < 0 ? [h] : []))
  const step = solveLinearSystem(
    free.map((h) => free.map((g) => hessian[h]![g]!)),
    free.map((h) => gradient[h]!),
  )
  return (size) => weights.map((w, h) => (free.includes(h) ? Math.max(0, w - size * step[free.indexOf(h)]!) : w))
}
