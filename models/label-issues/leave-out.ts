import type { Rows } from '../numbers/rows.ts'
import type { GivenLabels, LabelEvidence } from './evidence.ts'
import type { LabelFit } from './label-fit.ts'
import { neighbourVoteGain } from './neighbours.ts'
import { SUSPECT_THRESHOLD, type SuspicionScores } from './suspicion-score.ts'

// Which suspects the training does without. Measured in docs/decisions/leave-out-by-neighbours.md and docs/review.md.

/** Other pictures that a label needs before one of them is left out that nobody looked at. */
const MIN_OTHERS = 7
/** Never more than this share of a label is left out. */
const MAX_LEFT_OUT_SHARE = 0.4
/**
 * On the way from the mean of wrong labels (0) to the median of the dataset (1): below which log odds pictures are left out. The fewer suspects there
 * are, the surer it must be, since some pictures are odd and right: the limit rises in proportion from a sixth of suspects to somewhat over a quarter.
 */
const MIN_LIMIT = 0.1
const MAX_LIMIT = 0.4
const limitFor = (suspectShare: number): number => Math.max(MIN_LIMIT, Math.min(MAX_LIMIT, 3 * suspectShare - 0.4))
/** By how much neighbours must give the kept pictures' labels a higher log probability without those that are left out: at least, and for each share left out. */
const MIN_GAIN = 0.01
const GAIN_PER_SHARE = 0.63

/** Suspects whose label is contradicted strongly enough to train without them. */
export function contradictedRows(
  { scores, ownOdds, wrongMean, gap }: SuspicionScores,
  { others }: LabelFit,
  { y, vouched }: GivenLabels,
): number[] {
  const suspects = scores.filter((s) => s >= SUSPECT_THRESHOLD).length
  const maxOdds = wrongMean + gap * limitFor(suspects / y.length)
  return [...y.keys()].filter(
    (r) => scores[r]! >= SUSPECT_THRESHOLD && others[r]! >= MIN_OTHERS && ownOdds[r]! < maxOdds && !vouched[r],
  )
}

/**
 * 1 for the contradicted rows that are left out: the worst first, none that its neighbours support, and no more of a label than it can bear.
 * @param contradicted of `contradictedRows`
 */
export function chooseLeftOut(
  contradicted: number[],
  { ownOdds, supported }: Pick<SuspicionScores, 'ownOdds'> & Pick<LabelEvidence, 'supported'>,
  { y, classes }: GivenLabels,
): Uint8Array {
  const sizes = new Float64Array(classes)
  for (const c of y) sizes[c]! += 1
  const leftOut = new Uint8Array(y.length)
  const leftOutOf = new Float64Array(classes)
  const worstFirst = contradicted.filter((r) => !supported[r]).sort((a, b) => ownOdds[a]! - ownOdds[b]!)
  for (const r of worstFirst) {
    const c = y[r]!
    if (leftOutOf[c]! + 1 > MAX_LEFT_OUT_SHARE * sizes[c]!) continue
    leftOutOf[c]! += 1
    leftOut[r] = 1
  }
  return leftOut
}

/**
 * Whether leaving them out helps the neighbours of those that are kept. Labels that are broad, or hold several kinds of pictures, look as if they held
 * wrong ones; but only wrong ones are in their neighbours' way.
 * @param z rows of length 1 @param temperature of `neighbourTemperature`
 */
export function leavingOutPays(z: Rows, labels: GivenLabels & { leftOut: Uint8Array }, temperature: number): boolean {
  const share = labels.leftOut.reduce((sum, v) => sum + v, 0) / labels.y.length
  const { ofAll, ofKept } = neighbourVoteGain(z, labels, temperature)
  return !(ofAll < 0 || ofKept < MIN_GAIN + GAIN_PER_SHARE * share)
}
