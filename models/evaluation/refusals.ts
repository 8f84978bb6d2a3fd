import type { Matrix } from '../numbers/matrix.ts'
import { toLogOdds, toProbability } from './logistic.ts'

/** How an answer is meant: the label; probably the label, better look; none of the labels. */
export const GRADES = ['sure', 'unsure', 'unknown'] as const
export type Grade = (typeof GRADES)[number]

/** How much is refused: at most this share of the pictures of what was taught, on average over datasets. */
export const CAUTIONS = { low: 0.02, normal: 0.05, high: 0.15 } as const
export type Caution = keyof typeof CAUTIONS
export const CAUTION_NAMES = Object.keys(CAUTIONS) as Caution[]

/** Where grades begin. Its keys are in saved versions. */
export type Refusals = {
  /** By caution, the open-set score below which an answer is `unknown`. */
  unknownBelow: Record<Caution, number>
  /** What a sure answer has at least; null where too little was measured to be sure of anything. */
  sure: { confidence: number; known: number } | null
}

/** Of versions from before there were grades: what was refused then, and sure where the confidence says so. */
export const EARLIER_REFUSALS: Refusals = {
  unknownBelow: { low: 0.5, normal: 0.5, high: 0.5 },
  sure: { confidence: 0.95, known: 0.5 },
}

/** Open-set scores by the default curve where nothing can be measured: at these, about the shares of `CAUTIONS` of six kinds, one or two pictures a label. */
const DEFAULT_UNKNOWN_BELOW: Record<Caution, number> = { low: 0.07, normal: 0.09, high: 0.18 }
/** Fewer pictures than this tell too little. */
const LEAST_PICTURES = 5
/** Normal quantiles of `CAUTIONS`. */
const DEVIATIONS: Record<Caution, number> = { low: 2.054, normal: 1.645, high: 1.036 }
/**
 * No open-set score from here on is refused: where strangers lie far away, refusing as much as is allowed would gain nothing.
 */
const MOST_UNKNOWN_BELOW: Record<Caution, number> = { low: 0.5, normal: 0.7, high: 0.9 }

/**
 * Thresholds below which the shares of `CAUTIONS` of the known are: quantiles of the out-of-fold scores and, the fewer those are, of what
 * a normal distribution that is fitted to them says of one more.
 * @param known log odds of pictures that were not trained on (`openSetLogOdds`; of several backbones, their sums) @returns log odds; null:
 * too few pictures
 */
export function fitUnknownBelow(known: number[]): Record<Caution, number> | null {
  const found = knownQuantiles(known)
  if (!found) return null
  const atMost = (caution: Caution): number => Math.min(found[caution], toLogOdds(MOST_UNKNOWN_BELOW[caution]))
  return { low: atMost('low'), normal: atMost('normal'), high: atMost('high') }
}

/** The same, however high. */
export function knownQuantiles(known: number[]): Record<Caution, number> | null {
  const n = known.length
  if (n < LEAST_PICTURES) return null
  const mean = known.reduce((sum, v) => sum + v, 0) / n
  const square = known.reduce((sum, v) => sum + (v - mean) ** 2, 0)
  // Of one picture more, so that the mean's own error counts.
  const deviation = Math.sqrt((square / (n - 1)) * (1 + 1 / n))
  return blendedQuantiles(known, { mean, deviation, degrees: n - 1 })
}

/** What one picture more is expected to have: a Student's t distribution, of 3 degrees of freedom or more. */
type Expected = { mean: number; deviation: number; degrees: number }

/** Quantiles for `CAUTIONS`: of what was measured and, the less that is, of what is expected. */
export function blendedQuantiles(known: number[], { mean, deviation, degrees }: Expected): Record<Caution, number> {
  const sorted = Float64Array.from(known).sort()
  const quantile = (caution: Caution): number => {
    const share = CAUTIONS[caution]
    const expected = mean - studentQuantile(DEVIATIONS[caution], degrees) * deviation
    if (known.length < LEAST_PICTURES) return expected
    const below = known.length * share
    const weight = below / (below + 1)
    return weight * sampleQuantile(sorted, share) + (1 - weight) * expected
  }
  const found = { low: quantile('low'), normal: quantile('normal'), high: quantile('high') }
  // Each from a share of its own, they could cross by rounding.
  return { low: Math.min(found.low, found.normal), normal: found.normal, high: Math.max(found.high, found.normal) }
}

/** Quantile of Student's t by that of the normal distribution (Cornish and Fisher 1938). @param degrees of freedom, 3 or more */
const studentQuantile = (z: number, degrees: number): number =>
  z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2)

/** About median-unbiased, whatever the distribution (Hyndman and Fan 1996, type 8). */
function sampleQuantile(sorted: Float64Array, share: number): number {
  const at = Math.min(Math.max(share * (sorted.length + 1 / 3) - 2 / 3, 0), sorted.length - 1)
  const low = Math.floor(at)
  const high = Math.min(low + 1, sorted.length - 1)
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!)
}

/** What is known of one out-of-fold answer. `known`: the open-set score. */
export type GradedAnswer = { confidence: number; right: boolean; known: number }

/** Share of right answers that is asked of sure ones: somewhat more than the 95 % that are promised. */
const SURE = 0.96
/** Calibrated confidence counts as much as so many measured answers. */
const PRIOR_ANSWERS = 10

/**
 * Thresholds of the grades. Sure: nothing that `high` would refuse, from the least confidence on above which enough answers are right,
 * by the share that was right out of fold and, where that is of few answers, by their confidence.
 * @param unknownBelow log odds; null where they could not be fitted @param answers out of fold
 */
export function fitRefusals(unknownBelow: Record<Caution, number> | null, answers: GradedAnswer[]): Refusals {
  if (!unknownBelow) return { unknownBelow: DEFAULT_UNKNOWN_BELOW, sure: null }
  const { low, normal, high } = unknownBelow
  const below = { low: toProbability(low), normal: toProbability(normal), high: toProbability(high) }
  const confidence = answers.length < LEAST_PICTURES ? null : sureFrom(answers.filter((a) => a.known >= below.high))
  return { unknownBelow: below, sure: confidence === null ? null : { confidence, known: below.high } }
}

function sureFrom(answers: GradedAnswer[]): number | null {
  let [right, confidence, found] = [0, 0, null as number | null]
  answers
    .toSorted((a, b) => b.confidence - a.confidence)
    .forEach((answer, i) => {
      right += Number(answer.right)
      confidence += answer.confidence
      const n = i + 1
      if (right + (PRIOR_ANSWERS * confidence) / n >= SURE * (n + PRIOR_ANSWERS)) found = answer.confidence
    })
  return found
}

/** @param answer confidence: of the most likely label; known: the open-set score */
export function gradeOf(refusals: Refusals, answer: Omit<GradedAnswer, 'right'>, caution: Caution = 'normal'): Grade {
  const { unknownBelow, sure } = refusals
  if (answer.known < unknownBelow[caution]) return 'unknown'
  return sure && answer.confidence >= sure.confidence && answer.known >= sure.known ? 'sure' : 'unsure'
}

/** Largest probability of a row. */
export const confidenceOf = ({ data, columns }: Matrix, row: number): number =>
  Math.max(...data.subarray(row * columns, (row + 1) * columns))
