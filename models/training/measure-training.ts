import type { FoldResult } from '../cross-validation/fold.ts'
import { summarizeLearningCurve } from '../evaluation/learning-curve.ts'
import type { Measurement } from '../evaluation/measurement.ts'
import { measure } from '../evaluation/metrics.ts'
import { confidenceOf, GRADES, type GradedAnswer, gradeOf, type Refusals } from '../evaluation/refusals.ts'
import type { Matrix } from '../numbers/matrix.ts'
import type { OpenSetScores } from './fit-open-set.ts'

/**
 * Rows that accuracy is measured on: of those that were tested, none that is left out, and of copies the first.
 * @param group of each row: copies of one picture share one
 */
export function measuredRows(tested: number[], group: ArrayLike<number>, leftOut: Uint8Array): number[] {
  const firstOf = new Map<number, number>()
  for (const r of tested) if (!leftOut[r] && !firstOf.has(group[r]!)) firstOf.set(group[r]!, r)
  return [...firstOf.values()]
}

type Answers = {
  probabilities: Matrix
  y: Uint32Array
  rows: number[]
  /** Of each tested row, by all backbones together. */
  openSet: OpenSetScores
  refusals: Refusals
}

/** @param validated of one backbone: how accuracy grows is told by it */
export function measureTraining({ tested, curve }: FoldResult, answers: Answers): Measurement {
  const { probabilities, y, rows, openSet, refusals } = answers
  return {
    // Of one label, every answer is right: that says nothing.
    ...measure(probabilities, y, probabilities.columns > 1 ? rows : []),
    recognition: measureRecognition(openSet, refusals),
    grades: measureGrades(gradedAnswers(tested, answers), refusals),
    learning: summarizeLearningCurve(curve),
  }
}

/** Out-of-fold answers to the rows that are measured, each with its open-set score. @param tested the row of each score */
export function gradedAnswers(
  tested: number[],
  { probabilities, y, rows, openSet }: Omit<Answers, 'refusals'>,
): GradedAnswer[] {
  const { data, columns } = probabilities
  const measured = new Set(rows)
  return tested.flatMap((r, i) => {
    if (!measured.has(r)) return []
    const confidence = confidenceOf(probabilities, r)
    const right = data[r * columns + y[r]!]! === confidence
    return [{ confidence, right, known: openSet.known[i]! }]
  })
}

function measureGrades(answers: GradedAnswer[], refusals: Refusals): Measurement['grades'] {
  if (answers.length === 0) return null
  const byGrade = Map.groupBy(answers, (answer) => gradeOf(refusals, answer))
  return GRADES.map((grade) => {
    const some = byGrade.get(grade) ?? []
    const right = some.filter((answer) => answer.right).length
    return { grade, share: some.length / answers.length, accuracy: some.length > 0 ? right / some.length : null }
  })
}

function measureRecognition({ known, unknown }: OpenSetScores, { unknownBelow }: Refusals): Measurement['recognition'] {
  if (known.length === 0 || unknown.length === 0) return null
  const isKnown = (score: number): boolean => score >= unknownBelow.normal
  return {
    knownAccepted: known.filter(isKnown).length / known.length,
    strangeRefused: unknown.filter((score) => !isKnown(score)).length / unknown.length,
  }
}
