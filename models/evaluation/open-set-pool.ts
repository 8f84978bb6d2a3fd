import { fitLogistic } from './logistic.ts'

/** Log odds of a known label = bias + slope * the sum of what each backbone says. Its keys are in saved versions. */
export type OpenSetPool = { bias: number; slope: number }

/** One backbone is taken as it is. */
export const ALONE: OpenSetPool = { bias: 0, slope: 1 }
/** Where nothing can be measured: two that mostly agree count little more than one. */
export const UNMEASURED: OpenSetPool = { bias: 0, slope: 0.6 }
/** A flatter slope does not tell known from unknown. */
const LEAST_SLOPE = 0.05
/** Fewer pictures than this of either kind tell too little. */
const LEAST_PICTURES = 5

export const poolLogOdds = ({ bias, slope }: OpenSetPool, logOdds: number[]): number =>
  bias + slope * logOdds.reduce((sum, v) => sum + v, 0)

/** Sums over the backbones, out of fold: of pictures as they are, and as if their labels had never been trained. */
type Sums = { known: number[]; unknown: number[] }

/** Fits a logistic curve through the sums of several backbones, as `fitOpenSetCurve`. */
export function fitOpenSetPool({ known, unknown }: Sums): OpenSetPool {
  if (known.length < LEAST_PICTURES || unknown.length < LEAST_PICTURES) return UNMEASURED
  const { intercept, slope } = fitLogistic(known, unknown)
  return slope > LEAST_SLOPE ? { bias: intercept, slope } : UNMEASURED
}
