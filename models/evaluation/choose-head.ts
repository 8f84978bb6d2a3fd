/** `hits`: by row, 1 where the answer was right. */
type Candidate = { hits: Uint8Array }

/**
 * Why a head was chosen: it is the only one asked for; nothing could be measured; none is clearly better and it is the simplest; it is
 * better than the simpler ones by more than chance.
 */
export type HeadChoiceReason = 'only' | 'unmeasured' | 'simplest' | 'better'

/** Standard errors that a less simple head must be ahead by (the one-standard-error rule, Breiman et al. 1984). */
const LEAST_LEAD = 1

/** @param candidates one or more, the simplest first, measured out of fold on the same rows */
export function chooseHead<C extends Candidate>(candidates: C[]): { chosen: C; reason: HeadChoiceReason } {
  const [first, ...others] = candidates as [C, ...C[]]
  if (others.length === 0) return { chosen: first, reason: 'only' }
  if (first.hits.length === 0) return { chosen: first, reason: 'unmeasured' }
  let chosen = first
  for (const next of others) if (lead(next.hits, chosen.hits) > LEAST_LEAD) chosen = next
  return { chosen, reason: chosen === first ? 'simplest' : 'better' }
}

/** By how many standard errors a is right more often than b on the same rows. */
const lead = (a: Uint8Array, b: Uint8Array): number => overStandardError(Float64Array.from(a, (hit, r) => hit - b[r]!))

/** Mean over its standard error; 0 where all values are the same. */
function overStandardError(values: Float64Array): number {
  const n = values.length
  const mean = values.reduce((sum, v) => sum + v, 0) / n
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / Math.max(1, n - 1)
  return variance > 0 ? mean / Math.sqrt(variance / n) : 0
}
