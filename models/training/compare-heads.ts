import type { FoldResult } from '../cross-validation/fold.ts'
import type { Scores } from '../cross-validation/scores.ts'
import { weighBackbones } from '../evaluation/backbone-weights.ts'
import { chooseHead, type HeadChoiceReason } from '../evaluation/choose-head.ts'
import { fitEnsembleWeights } from '../evaluation/ensemble-weights.ts'
import { softmax, weightedSum } from '../heads/combine-scores.ts'
import { type HeadName, membersOf } from '../heads/names.ts'
import { BASE_HEADS, initialWeights } from '../heads/registry.ts'
import type { Matrix } from '../numbers/matrix.ts'
import { freeArrays } from '../numbers/memory.ts'
import type { TrainingPlan } from './plan.ts'

/** Rows for each class that weights are fitted on at least; below, the first member answers alone. */
const LEAST_ROWS_PER_CLASS = 2

type ChosenHead = {
  name: HeadName
  /** By backbone: what the scores of each member count (`membersOf`); all 0 where the backbone does not help. */
  weights: number[][]
  reason: HeadChoiceReason
  /** Its out-of-fold answers, n x classes. */
  probabilities: Matrix
}

/**
 * Weighs the members of each head, and the backbones, and chooses the head by how often each is right out of fold. The scores are freed.
 * @param validated by backbone @param rows those to weigh and compare on
 */
export function compareHeads({ heads, set }: TrainingPlan, validated: FoldResult[], rows: number[]): ChosenHead {
  const measured = { y: set.y, rows }
  const candidates = heads.map((name) => {
    const weights = weigh(name, validated, measured)
    const logOdds = sumScores(name, validated, weights)
    const hits = findHits(logOdds, measured)
    freeArrays(logOdds.data)
    return { name, weights, hits }
  })
  const { chosen, reason } = chooseHead(
    candidates,
    rows.map((r) => set.y[r]!),
  )
  const { name, weights } = chosen
  const logOdds = sumScores(name, validated, weights)
  const probabilities = softmax(logOdds)
  freeArrays(logOdds.data, ...validated.flatMap(({ scores }) => Object.values(scores).map((s) => s.data)))
  return { name, weights, reason, probabilities }
}

type Measured = { y: Uint32Array; rows: number[] }

const scoresOf = (name: HeadName, all: Scores): Matrix[] => membersOf(name).map((member) => all[member]!)

/** Log odds of all members of all backbones together. */
const sumScores = (name: HeadName, validated: FoldResult[], weights: number[][]): Matrix =>
  weightedSum(
    validated.flatMap(({ scores }) => scoresOf(name, scores)),
    weights.flat(),
  )

/** First the members of the head under each backbone, then the backbones. */
function weigh(name: HeadName, validated: FoldResult[], measured: Measured): number[][] {
  const ofMembers = validated.map(({ scores }) => weighMembers(name, scoresOf(name, scores), measured))
  if (validated.length === 1) return ofMembers
  const logOdds = validated.map(({ scores }, b) => weightedSum(scoresOf(name, scores), ofMembers[b]!))
  const ofBackbones = weighBackbones(logOdds, { ...measured, isEnough: isEnough(logOdds[0]!, measured) })
  freeArrays(...logOdds.map((l) => l.data))
  return ofMembers.map((weights, b) => weights.map((w) => w * ofBackbones[b]!))
}

/** Of one label there is nothing to weigh by: every answer is right. */
const isEnough = ({ columns: classes }: Matrix, { rows }: Measured): boolean =>
  classes > 1 && rows.length >= LEAST_ROWS_PER_CLASS * classes

function weighMembers(name: HeadName, scores: Matrix[], measured: Measured): number[] {
  const { y, rows } = measured
  if (!isEnough(scores[0]!, measured))
    return membersOf(name).map((member, i) => (i === 0 ? BASE_HEADS[member].weight : 0))
  const truth = rows.map((r) => y[r]!)
  return fitEnsembleWeights(scores, truth, { initial: initialWeights(name), rows })
}

/** By row that is measured, 1 where no class scores above the true one. */
function findHits({ data, columns }: Matrix, { y, rows }: Measured): Uint8Array {
  const isRight = (r: number): boolean => {
    const own = data[r * columns + y[r]!]!
    for (let i = r * columns; i < (r + 1) * columns; i++) if (data[i]! > own) return false
    return true
  }
  return Uint8Array.from(rows, (r) => Number(isRight(r)))
}
