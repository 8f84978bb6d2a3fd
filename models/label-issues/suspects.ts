import type { Matrix } from '../numbers/matrix.ts'
import type { Rows } from '../numbers/rows.ts'
import type { GivenLabels, LabelEvidence } from './evidence.ts'
import { addOutOfFoldEvidence, leaveOneOutFit } from './label-fit.ts'
import { chooseLeftOut, contradictedRows, leavingOutPays } from './leave-out.ts'
import { findSupported } from './neighbour-support.ts'
import { neighbourTemperature } from './neighbours.ts'
import { type SuspicionScores, scoreSuspicion } from './suspicion-score.ts'

/** Examples that a dataset needs before any of them is suspected. */
const MIN_EXAMPLES = 20
/** Score above which a picture that is kept does not show how pictures of its label differ (docs/decisions/leave-out-by-neighbours.md). */
const UNRELIABLE_FROM_SCORE = 0.3

/** By row: the scores, and 1 where the training does without the row. */
export type Suspicions = Pick<SuspicionScores, 'scores' | 'suggested'> & { leftOut: Uint8Array }

/** `evidence`: what the suspicions came from; null where there is too little to tell. */
type FoundSuspicions = Suspicions & { evidence: LabelEvidence | null }

/**
 * Finds pictures that contradict their label, decides which of them to train without, and scores all of them once more without those: what is left
 * shows better what a label is.
 * @param z rows of length 1 (`embedForSimilarity`)
 */
export function findSuspects(z: Rows, given: GivenLabels): FoundSuspicions {
  const { y, classes, group } = given
  const n = y.length
  const leaveNone = new Uint8Array(n)
  const none = { scores: new Float32Array(n), suggested: new Int32Array(n).fill(-1), leftOut: leaveNone }
  if (classes < 2 || n < MIN_EXAMPLES) return { ...none, evidence: null }
  const fit = leaveOneOutFit({ z, y, classes, group })
  const first = scoreSuspicion(fit, y)
  if (!first) return { ...none, evidence: null }
  const { scores, suggested } = first
  const contradicted = contradictedRows(first, fit, given)
  if (contradicted.length === 0)
    return { scores, suggested, leftOut: leaveNone, evidence: { ...fit, supported: new Uint8Array(n) } }

  const temperature = neighbourTemperature(z, y)
  const supported = findSupported(z, given, { found: first, fit, contradicted, temperature })
  const evidence = { ...fit, supported }
  const leftOut = chooseLeftOut(contradicted, { ownOdds: first.ownOdds, supported }, given)
  if (!leftOut.some(Boolean) || !leavingOutPays(z, { ...given, leftOut }, temperature))
    return { scores, suggested, leftOut: leaveNone, evidence }

  const { cosines } = leaveOneOutFit({ z, y, classes, group, leftOut, target: fit.cosines.data })
  const evidenceWithout = { ...evidence, cosines }
  const second = scoreSuspicion(evidenceWithout, y) ?? first
  return { scores: second.scores, suggested: second.suggested, leftOut, evidence: evidenceWithout }
}

/**
 * The same after a cross-validation: what heads say that did not see a picture counts beside its fit. Where any are left out, it is decided anew which.
 * @param before of `findSuspects`; its evidence is overwritten
 * @param outOfFold `rows` that were asked; `probabilities`, n x classes
 */
export function updateSuspicions(
  { evidence, ...before }: FoundSuspicions,
  given: GivenLabels,
  outOfFold: { rows: number[]; probabilities: Matrix },
): Suspicions {
  if (!evidence) return before
  addOutOfFoldEvidence(evidence, outOfFold.rows, outOfFold.probabilities)
  const found = scoreSuspicion(evidence, given.y)
  if (!found) return before
  const { scores, suggested, ownOdds } = found
  if (!before.leftOut.some(Boolean)) return { scores, suggested, leftOut: before.leftOut }
  const contradicted = contradictedRows(found, evidence, given)
  const leftOut = chooseLeftOut(contradicted, { ownOdds, supported: evidence.supported }, given)
  return { scores, suggested, leftOut }
}

/**
 * 1 for rows that must not show how pictures of a label differ: those that are left out and, where there are any, those that are doubtful. One wrong
 * picture differs from its label in just what tells labels apart, and whitening would take that away.
 */
export const unreliableRows = ({ scores, leftOut }: Suspicions): Uint8Array =>
  leftOut.some(Boolean) ? leftOut.map((v, r) => Number(v || scores[r]! > UNRELIABLE_FROM_SCORE)) : leftOut
