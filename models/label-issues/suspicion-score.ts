import { mean, median, quantile, standardDeviation } from '../numbers/statistics.ts'
import { quietAlikeLabels } from './alike-labels.ts'
import { bestOtherClass, classLogOdds, type LabelFit } from './label-fit.ts'

/** Examples with at least this score are suspects. */
export const SUSPECT_THRESHOLD = 0.5

/** Other pictures that a label needs before it can be said whether one fits. */
const MIN_OTHERS = 3
/** Between the mean of wrong labels and the median of the dataset: where suspects begin, at the least and at the most. */
const MIN_CUT = 0.44
const MAX_CUT = 0.54
/** Of the gap between the two, scores fall from 0.98 to 0.02 within this share around the cut. */
const SCORE_WIDTH = 1 / 8
/** The gap, in standard deviations of wrong labels, below which labels look no different from one another. */
const MIN_GAP = 0.5
/** Where the upper fifth of values begins, and how many standard deviations above the median that is under a normal curve. */
const UPPER_QUANTILE = 0.8
const UPPER_QUANTILE_DEVIATIONS = 0.84
/** How much of what makes the pictures of a label easier or harder than others is taken off; less for labels of few pictures: n / (n + 5). */
const LEVEL_SHARE = 0.5
const LEVEL_SHRINKAGE = 5

/** By row. `scores`: 0 to 1, 0 where there is too little to tell. `suggested`: the class that fits better, -1 where none does. */
export type SuspicionScores = {
  scores: Float32Array
  suggested: Int32Array
  /** Log odds of the given label. */
  ownOdds: Float64Array
  /** Mean log odds of wrong labels, and how far above it the median of `ownOdds` is. */
  wrongMean: number
  gap: number
}

/**
 * Scores how much each picture contradicts its label: the odds of its cosine to the mean of the label's other pictures against those to the other
 * labels' means, as out-of-sample self-confidence (Northcutt et al. 2021) on features that know no labels, without a second training. What odds a
 * wrong label has, the pictures themselves show: each is scored as if it had another label, with its own label in the dataset (swapped) and not
 * (a stranger). Suspects begin about halfway between their mean and the median of the dataset: as many deviations above the one as below the other.
 * @param y class of each row @returns null where labels look no different from one another: nothing can be said of single pictures
 */
export function scoreSuspicion({ cosines, others }: LabelFit, y: Uint32Array): SuspicionScores | null {
  const classes = cosines.columns
  const logOdds = classLogOdds(cosines)
  const levels = classLevels(
    Float64Array.from(y, (c, r) => logOdds(r, c)),
    y,
    classes,
  )
  const adjustedOdds = (r: number, c: number, ignored?: number): number => logOdds(r, c, ignored) - levels[c]!
  const ownOdds = Float64Array.from(y, (c, r) => adjustedOdds(r, c))
  const wrong = oddsOfWrongLabels(y, classes, adjustedOdds)
  const wrongMean = mean(wrong)
  const middle = median(ownOdds)
  const gap = middle - wrongMean
  const wrongDeviation = standardDeviation(wrong)
  if (gap < MIN_GAP * wrongDeviation) return null

  // Of the upper half alone: the wrong ones are below the median.
  const rightDeviation = (quantile(ownOdds, UPPER_QUANTILE) - middle) / UPPER_QUANTILE_DEVIATIONS
  const cut = wrongDeviation / (wrongDeviation + rightDeviation)
  const cutOdds = wrongMean + gap * Math.max(MIN_CUT, Math.min(MAX_CUT, cut))
  const score = (odds: number): number => 1 / (1 + Math.exp((odds - cutOdds) / SCORE_WIDTH / gap))
  const scores = Float32Array.from(ownOdds, (odds, r) => (others[r]! >= MIN_OTHERS ? score(odds) : 0))
  const nearest = Int32Array.from(y, (c, r) => bestOtherClass(cosines, r, c))
  const suspects = [...y.keys()].filter((r) => scores[r]! >= SUSPECT_THRESHOLD)
  quietAlikeLabels(scores, suspects, { nearest, y, classes })
  const suggested = Int32Array.from(nearest, (best, r) =>
    scores[r]! >= SUSPECT_THRESHOLD && adjustedOdds(r, best) > cutOdds ? best : -1,
  )
  return { scores, suggested, ownOdds, wrongMean, gap }
}

/** Log odds of each row as if it had each of two other labels, with its own label in the dataset and without. */
function oddsOfWrongLabels(
  y: Uint32Array,
  classes: number,
  logOdds: (r: number, c: number, ignored?: number) => number,
): Float64Array {
  const found = new Float64Array(4 * y.length)
  let count = 0
  for (let r = 0; r < y.length; r++)
    for (const step of [1, 2]) {
      // Any fixed choice that spreads over the other classes.
      const c = (y[r]! + step + ((r * 7) % Math.max(1, classes - 2))) % classes
      if (c === y[r]) continue
      found[count++] = logOdds(r, c)
      if (classes > 2) found[count++] = logOdds(r, c, y[r])
    }
  return found.subarray(0, count)
}

/** By how much the pictures of each class are easier (above 0) or harder than all, shrunk. */
function classLevels(ownOdds: Float64Array, y: Uint32Array, classes: number): Float64Array {
  const all = median(ownOdds)
  const oddsOf = Array.from({ length: classes }, () => [] as number[])
  for (const [r, c] of y.entries()) oddsOf[c]!.push(ownOdds[r]!)
  return Float64Array.from(oddsOf, (odds) => {
    if (odds.length === 0) return 0
    return (LEVEL_SHARE * (median(odds) - all) * odds.length) / (odds.length + LEVEL_SHRINKAGE)
  })
}
