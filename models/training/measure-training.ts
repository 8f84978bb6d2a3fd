import type { FoldResult } from '../cross-validation/fold.ts'
import { summarizeLearningCurve } from '../evaluation/learning-curve.ts'
import type { Measurement } from '../evaluation/measurement.ts'
import { measure } from '../evaluation/metrics.ts'
import { type OpenSetCurve, openSetScore } from '../evaluation/open-set.ts'
import type { OpenSetEvidence } from '../evaluation/open-set-evidence.ts'
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

type Answers = { probabilities: Matrix; y: Uint32Array; rows: number[]; openSet: OpenSetCurve }

export function measureTraining(validated: FoldResult, { probabilities, y, rows, openSet }: Answers): Measurement {
  return {
    ...measure(probabilities, y, rows),
    recognition: measureRecognition(validated, openSet),
    learning: summarizeLearningCurve(validated.curve),
  }
}

function measureRecognition({ known, unknown }: FoldResult, openSet: OpenSetCurve): Measurement['recognition'] {
  if (known.length === 0 || unknown.length === 0) return null
  const isKnown = (evidence: OpenSetEvidence): boolean => openSetScore(openSet, evidence) >= 0.5
  return {
    knownAccepted: known.filter(isKnown).length / known.length,
    strangeRefused: unknown.filter((e) => !isKnown(e)).length / unknown.length,
  }
}
