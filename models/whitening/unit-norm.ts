import { type Rows, squaredNormOfRow } from '../numbers/rows.ts'

/** Mean square norm below which rows differ by nothing but rounding. */
const ROUNDING = 1e-9

/** Scales all rows by one factor, in place, so that their mean square norm is 1. @returns the factor; 1 where all rows are the same */
export function scaleToUnitNorm(z: Rows): number {
  let square = 0
  for (let r = 0; r < z.rows; r++) square += squaredNormOfRow(z, r)
  const scale = square > ROUNDING * z.rows ? Math.sqrt(z.rows / square) : 1
  for (let r = 0; r < z.rows; r++) z.scales[r]! *= scale
  return scale
}
