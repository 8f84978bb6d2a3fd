import type { FoldResult } from '../cross-validation/fold.ts'
import type { Scores } from '../cross-validation/scores.ts'
import { chooseHead, type HeadChoiceReason } from '../evaluation/choose-head.ts'
import { fitEnsembleWeights } from '../evaluation/ensemble-weights.ts'
import { poolProbabilities, weightedSum } from '../heads/combine-scores.ts'
import { type HeadName, membersOf } from '../heads/names.ts'
import { BASE_HEADS, initialWeights } from '../heads/registry.ts'
import type { Matrix } from '../numbers/matrix.ts'
import { freeArrays } from '../numbers/memory.ts'
import type { TrainingPlan } from './plan.ts'

/** Rows for each class that weights are fitted on at least; below, the first member answers alone. */
const LEAST_ROWS_PER_CLASS = 2

export type ChosenHead = {
  name: HeadName
  /** What the scores of each member count (`membersOf`). */
  weights: number[]
  reason: HeadChoiceReason
  /** Its out-of-fold answers, n x classes. */
  probabilities: Matrix
}

/**
 * Weighs the members of each head, and chooses the head by how often each is right out of fold. The scores are freed.
 * @param rows those to weigh and compare on
 */
export function compareHeads({ heads, set }: TrainingPlan, { scores }: FoldResult, rows: number[]): ChosenHead {
  const candidates = heads.map((name) => {
    const own = scoresOf(name, scores)
    const weights = weigh(name, own, { y: set.y, rows })
    return { name, weights, hits: findHits(own, weights, { y: set.y, rows }) }
  })
  const { chosen, reason } = chooseHead(candidates)
  const { name, weights } = chosen
  const probabilities = poolProbabilities(scoresOf(name, scores), weights)
  freeArrays(...Object.values(scores).map((s) => s.data))
  return { name, weights, reason, probabilities }
}

const scoresOf = (name: HeadName, all: Scores): Matrix[] => membersOf(name).map((member) => all[member]!)

type Measured = { y: Uint32Array; rows: number[] }

function weigh(name: HeadName, scores: Matrix[], { y, rows }: Measured): number[] {
  const classes = scores[0]!.columns
  if (rows.length < LEAST_ROWS_PER_CLASS * classes)
    return membersOf(name).map((member, i) => (i === 0 ? BASE_HEADS[member].weight : 0))
  const truth = rows.map((r) => y[r]!)
  return fitEnsembleWeights(scores, truth, { initial: initialWeights(name), rows })
}

/** By row that is measured, 1 where no class scores above the true one. */
function findHits(scores: Matrix[], weights: number[], { y, rows }: Measured): Uint8Array {
  const { data, columns } = weightedSum(scores, weights)
  const isRight = (r: number): boolean => {
    const own = data[r * columns + y[r]!]!
    for (let i = r * columns; i < (r + 1) * columns; i++) if (data[i]! > own) return false
    return true
  }
  const hits = Uint8Array.from(rows, (r) => Number(isRight(r)))
  freeArrays(data)
  return hits
}
