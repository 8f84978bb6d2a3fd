import type { Matrix } from './kernels/kernels.ts'

type Candidate = { probabilities: Matrix }

/**
 * Why a head was chosen: the only one asked for; nothing could be measured; it is as good as any and the simplest; it is
 * better than the simpler ones, by more than chance would have it.
 */
export type Reason = 'only' | 'unmeasured' | 'simplest' | 'better'

/** Standard errors that a less simple head must be ahead by (the one-standard-error rule, Breiman et al. 1984). */
const LEAST_LEAD = 1

/** @param candidates the simplest first, with out-of-fold probabilities of the same rows @param truth class of each row */
export function chooseHead<C extends Candidate>(candidates: C[], truth: Uint32Array): { chosen: C; reason: Reason } {
  const [first, ...others] = candidates as [C, ...C[]]
  if (others.length === 0) return { chosen: first, reason: 'only' }
  if (truth.length === 0) return { chosen: first, reason: 'unmeasured' }
  let chosen = first
  for (const next of others) if (lead(next.probabilities, chosen.probabilities, truth) > LEAST_LEAD) chosen = next
  return { chosen, reason: chosen === first ? 'simplest' : 'better' }
}

/** How many standard errors the first is right more often than the second, on the same pictures; 0 where neither is. */
const lead = (a: Matrix, b: Matrix, truth: Uint32Array): number =>
  standardised(Float64Array.from(truth, (c, r) => hit(a, r, c) - hit(b, r, c)))

function hit(p: Matrix, r: number, c: number): number {
  const row = p.data.subarray(r * p.columns, (r + 1) * p.columns)
  return row[c]! >= Math.max(...row) ? 1 : 0
}

/** Mean over its standard error. */
function standardised(values: Float64Array): number {
  const n = values.length
  const mean = values.reduce((sum, v) => sum + v, 0) / n
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / Math.max(1, n - 1)
  return variance > 0 ? mean / Math.sqrt(variance / n) : 0
}
