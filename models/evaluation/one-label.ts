import { blendedQuantiles, type Caution } from './refusals.ts'

// With one label no other label stands for strangers, and a person asks after two or three pictures. What is known of other kinds of
// pictures says what few pictures do not: a normal distribution whose mean and variance have conjugate priors (Gelman et al. 2013,
// chapter 3). The values are of log odds by the default curve, from five kinds of drawings and photographs (docs/learning.md).

/** Mean of the log odds of known pictures, and how far that of one label is from it. */
const [MEAN, MEAN_DEVIATION] = [5, 3.6]
/** Deviation of the log odds of one label's pictures, and as how many pictures that counts. */
const [DEVIATION, DEVIATION_WEIGHT] = [1.4, 8]
/** What one of them counts for the mean: all are compared with means of one another, so they err together. */
const WEIGHT = 0.5

type OneLabelLimits = {
  /** Log odds by the default curve below which the shares of `CAUTIONS` of one picture more are. */
  unknownBelow: Record<Caution, number>
  /** How much log odds count, above 0 to 1: the less, the less is known of how much they vary. */
  slope: number
}

/** @param known log odds, by the default curve, of pictures that were not trained on; none where there is one picture */
export function fitOneLabel(known: number[]): OneLabelLimits {
  const n = known.length
  const mean = n === 0 ? 0 : known.reduce((sum, v) => sum + v, 0) / n
  const square = known.reduce((sum, v) => sum + (v - mean) ** 2, 0)
  const degrees = DEVIATION_WEIGHT + Math.max(0, n - 1)
  const variance = (DEVIATION_WEIGHT * DEVIATION ** 2 + square) / degrees
  const precision = 1 / MEAN_DEVIATION ** 2 + (WEIGHT * n) / variance
  const expected = {
    mean: (MEAN / MEAN_DEVIATION ** 2 + (WEIGHT * n * mean) / variance) / precision,
    deviation: Math.sqrt(variance + 1 / precision),
    degrees,
  }
  return { unknownBelow: blendedQuantiles(known, expected), slope: Math.min(1, DEVIATION / expected.deviation) }
}
