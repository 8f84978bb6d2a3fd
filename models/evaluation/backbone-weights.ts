import { type Matrix, selectRows } from '../numbers/matrix.ts'
import { freeArrays } from '../numbers/memory.ts'
import { poolLoss } from './ensemble-loss.ts'
import { EVENNESS, fitEnsembleWeights } from './ensemble-weights.ts'
import { labelWeights } from './label-weights.ts'

/** What the log odds of each backbone count until enough is measured: their mistakes have much in common, so less than 1. */
const INITIAL = 0.6
/** How strongly weights are pulled there: 10 times the squared distance (docs/learning.md). */
const PULL = 10 * INITIAL ** 2

/** What answering together must take off the log loss of a picture: it takes the time of another network. */
const LEAST_GAIN = 0.01

/** `y`: class of each row of the log odds. `rows`: those to weigh on. `isEnough`: whether they are enough. */
type Measured = { y: Uint32Array; rows: number[]; isEnough: boolean }

/**
 * Weights of backbones in a logarithmic opinion pool, by the log loss out of fold. Where one alone answers as well as all together, the others
 * get 0.
 * @param logOdds of two backbones or more, n x classes each, calibrated
 */
export function weighBackbones(logOdds: Matrix[], { y, rows, isEnough }: Measured): number[] {
  const initial = logOdds.map(() => INITIAL)
  if (!isEnough) return initial
  const truth = rows.map((r) => y[r]!)
  const together = fitEnsembleWeights(logOdds, truth, { initial, rows, pull: PULL })
  const alone = logOdds.map((_, b) => logOdds.map((_, other) => Number(other === b)))
  const scores = logOdds.map((all) => selectRows(all, rows))
  const problem = { scores, y: truth, importance: labelWeights(truth, EVENNESS), initial, pull: 0 }
  const loss = (weights: number[]): number => poolLoss(problem, weights) / rows.length
  const [best] = alone.map((weights) => ({ weights, loss: loss(weights) })).sort((a, b) => a.loss - b.loss)
  const helps = best!.loss - loss(together) > LEAST_GAIN
  freeArrays(...scores.map((s) => s.data))
  return helps ? together : best!.weights
}
