/** `hits`: by row, 1 where the answer was right. */
type Candidate = { hits: Uint8Array }

/**
 * Why a head was chosen: the only one asked for; nothing could be measured; it is as good as any and the simplest; it is
 * better than the simpler ones, by more than chance would have it.
 */
export type HeadChoiceReason = 'only' | 'unmeasured' | 'simplest' | 'better'

/** Standard errors that a less simple head must be ahead by (the one-standard-error rule, Breiman et al. 1984). */
const LEAST_LEAD = 1

/** @param candidates the simplest first, measured out of fold on the same rows */
export function chooseHead<C extends Candidate>(candidates: C[]): { chosen: C; reason: HeadChoiceReason } {
  const [first, ...others] = candidates as [C, ...C[]]
  if (others.length === 0) return { chosen: first, reason: 'only' }
  if (first.hits.length === 0) return { chosen: first, reason: 'unmeasured' }
  let chosen = first
  for (const next of others) if (lead(next.hits, chosen.hits) > LEAST_LEAD) chosen = next
  return { chosen, reason: chosen === first ? 'simplest' : 'better' }
}

/** How many standard errors the first is right more often than the second, on the same pictures; 0 where neither is. */
const lead = (a: Uint8Array, b: Uint8Array): number => standardised(Float64Array.from(a, (hit, r) => hit - b[r]!))

/** Mean over its standard error. */
function standardised(values: Float64Array): number {
  const n = values.length
  const mean = values.reduce((sum, v) => sum + v, 0) / n
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / Math.max(1, n - 1)
  return variance > 0 ? mean / Math.sqrt(variance / n) : 0
}
