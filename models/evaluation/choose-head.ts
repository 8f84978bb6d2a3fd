import { labelWeights } from './label-weights.ts'

/** `hits`: by row, 1 where the answer was right. */
type Candidate = { hits: Uint8Array }

/**
 * Why a head was chosen: it is the only one asked for; nothing could be measured; none is clearly better and it is the simplest; it is
 * better than the simpler ones by more than chance.
 */
export type HeadChoiceReason = 'only' | 'unmeasured' | 'simplest' | 'better'

/** Standard errors that a less simple head must be ahead by (the one-standard-error rule, Breiman et al. 1984). */
const LEAST_LEAD = 1

/**
 * Chooses by the mean over labels: a head that answers with the largest label alone is right about most pictures. By pictures, the chosen
 * one is not clearly worse than a simpler one either.
 * @param candidates one or more, the simplest first, measured out of fold on the same rows @param truth class of each of these
 */
export function chooseHead<C extends Candidate>(
  candidates: C[],
  truth: ArrayLike<number>,
): { chosen: C; reason: HeadChoiceReason } {
  const [first, ...others] = candidates as [C, ...C[]]
  if (others.length === 0) return { chosen: first, reason: 'only' }
  if (truth.length === 0) return { chosen: first, reason: 'unmeasured' }
  const [byLabel, byPicture] = [labelWeights(truth), new Float64Array(truth.length).fill(1)]
  let chosen = first
  for (const next of others) {
    const isBetter = lead(next.hits, chosen.hits, byLabel) > LEAST_LEAD
    if (isBetter && lead(next.hits, chosen.hits, byPicture) > -LEAST_LEAD) chosen = next
  }
  return { chosen, reason: chosen === first ? 'simplest' : 'better' }
}

/** By how many standard errors a is right more often than b on the same rows. @param weights of the rows, 1 on average */
const lead = (a: Uint8Array, b: Uint8Array, weights: Float64Array): number =>
  overStandardError(
    Float64Array.from(a, (hit, r) => hit - b[r]!),
    weights,
  )

/** Weighted mean over its standard error; 0 where all values are the same. */
function overStandardError(values: Float64Array, weights: Float64Array): number {
  const n = values.length
  const mean = values.reduce((sum, v, r) => sum + weights[r]! * v, 0) / n
  const variance = values.reduce((sum, v, r) => sum + (weights[r]! * (v - mean)) ** 2, 0) / Math.max(1, n - 1)
  return variance > 0 ? mean / Math.sqrt(variance / n) : 0
}
