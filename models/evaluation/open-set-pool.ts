import { fitLogistic } from './logistic.ts'
import { type OpenSetCurve, openSetLogOdds } from './open-set.ts'
import type { OpenSetEvidence } from './open-set-evidence.ts'

/** Log odds of a known label = bias + slope * the sum of what each backbone says. Its keys are in saved versions. */
export type OpenSetPool = { bias: number; slope: number }

/** One backbone is taken as it is. */
export const ALONE: OpenSetPool = { bias: 0, slope: 1 }
/** Where nothing can be measured: two that mostly agree count little more than one. */
const UNMEASURED: OpenSetPool = { bias: 0, slope: 0.6 }
/** A flatter slope does not tell known from unknown. */
const LEAST_SLOPE = 0.05
/** Fewer pictures than this of either kind tell too little. */
const LEAST_PICTURES = 5

export const poolLogOdds = ({ bias, slope }: OpenSetPool, logOdds: number[]): number =>
  bias + slope * logOdds.reduce((sum, v) => sum + v, 0)

/** Out-of-fold evidence by backbone, of the same pictures in the same order: as they are, and as if their labels had never been trained. */
type Validated = { known: OpenSetEvidence[]; unknown: OpenSetEvidence[] }

/** Fits a logistic curve through the sums, as `fitOpenSetCurve`. @param curves of each backbone */
export function fitOpenSetPool(curves: OpenSetCurve[], validated: Validated[]): OpenSetPool {
  if (curves.length === 1) return ALONE
  const sums = (kind: keyof Validated): number[] =>
    validated[0]![kind].map((_, i) =>
      curves.reduce((sum, curve, b) => sum + openSetLogOdds(curve, validated[b]![kind][i]!), 0),
    )
  const [known, unknown] = [sums('known'), sums('unknown')]
  if (known.length < LEAST_PICTURES || unknown.length < LEAST_PICTURES) return UNMEASURED
  const { intercept, slope } = fitLogistic(known, unknown)
  return slope > LEAST_SLOPE ? { bias: intercept, slope } : UNMEASURED
}
