import type { FoldResult } from '../cross-validation/fold.ts'
import { summarizeLearningCurve } from '../evaluation/learning-curve.ts'
import type { Measurement } from '../evaluation/measurement.ts'
import { measure } from '../evaluation/metrics.ts'
import { type OpenSetCurve, openSetScore } from '../evaluation/open-set.ts'
import type { OpenSetEvidence } from '../evaluation/open-set-evidence.ts'
import { confidenceOf, GRADES, type GradedAnswer, gradeOf, type Refusals } from '../evaluation/refusals.ts'
import type { Matrix } from '../numbers/matrix.ts'

/**
 * Rows that accuracy is measured on: of those that were tested, none that is left out, and of copies the first.
 * @param group of each row: copies of one picture share one
 */
export function measuredRows(tested: number[], group: ArrayLike<number>, leftOut: Uint8Array): number[] {
  const firstOf = new Map<number, number>()
  for (const r of tested) if (!leftOut[r] && !firstOf.has(group[r]!)) firstOf.set(group[r]!, r)
  return [...firstOf.values()]
}

type Answers = { probabilities: Matrix; y: Uint32Array; rows: number[]; openSet: OpenSetCurve; refusals: Refusals }

export function measureTraining(validated: FoldResult, answers: Answers): Measurement {
  const { probabilities, y, rows, openSet, refusals } = answers
  return {
    // Of one label, every answer is right: that says nothing.
    ...measure(probabilities, y, probabilities.columns > 1 ? rows : []),
    recognition: measureRecognition(validated, openSet, refusals),
    grades: measureGrades(gradedAnswers(validated, answers), refusals),
    learning: summarizeLearningCurve(validated.curve),
  }
}

/** Out-of-fold answers to the rows that are measured, each with its open-set score. */
export function gradedAnswers(
  { tested, known }: FoldResult,
  { probabilities, y, rows, openSet }: Omit<Answers, 'refusals'>,
): GradedAnswer[] {
  const { data, columns } = probabilities
  const measured = new Set(rows)
  return tested.flatMap((r, i) => {
    if (!measured.has(r)) return []
    const confidence = confidenceOf(probabilities, r)
    const right = data[r * columns + y[r]!]! === confidence
    return [{ confidence, right, known: openSetScore(openSet, known[i]!) }]
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

function measureRecognition(
  { known, unknown }: FoldResult,
  openSet: OpenSetCurve,
  { unknownBelow }: Refusals,
): Measurement['recognition'] {
  if (known.length === 0 || unknown.length === 0) return null
  const isKnown = (evidence: OpenSetEvidence): boolean => openSetScore(openSet, evidence) >= unknownBelow.normal
  return {
    knownAccepted: known.filter(isKnown).length / known.length,
    strangeRefused: unknown.filter((e) => !isKnown(e)).length / unknown.length,
  }
}
