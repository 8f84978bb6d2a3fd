/** P(known) = 1 / (1 + exp(-slope * (score - middle))) for the largest cosine to a class mean. */
export type UnknownCurve = { slope: number; middle: number }

/** Where nothing can be measured: what cosines of things taught and never taught were on drawings of four kinds. */
const FIXED: UnknownCurve = { slope: 12, middle: 0.22 }
/** Fewer than these of either kind say too little. */
const LEAST = 5
/** Weight of the fixed curve against the measured one, in pictures. */
const DOUBT = 4

/**
 * A logistic curve through the scores of things taught and of things never taught, as if both were equally frequent
 * (Platt 1999, with both sides weighted alike). 0.5 is where both are as likely.
 */
export function fitUnknown(known: number[], strange: number[]): UnknownCurve {
  if (known.length < LEAST || strange.length < LEAST) return FIXED
  let a = FIXED.slope
  let b = -a * FIXED.middle
  const sides = [
    { values: known, target: 1, weight: 1 / known.length },
    { values: strange, target: 0, weight: 1 / strange.length },
  ]
  const pull = DOUBT / (known.length + strange.length)
  for (let step = 0; step < 50; step++) {
    // Newton on the log loss, with a pull towards the fixed curve that keeps separable scores finite.
    let [ga, gb, haa, hab, hbb] = [pull * 0.01 * (a - FIXED.slope), 0, pull * 0.01, 0, 1e-9]
    for (const { values, target, weight } of sides)
      for (const v of values) {
        const p = 1 / (1 + Math.exp(-(a * v + b)))
        const q = weight * p * (1 - p)
        ga += weight * (p - target) * v
        gb += weight * (p - target)
        haa += q * v * v
        hab += q * v
        hbb += q
      }
    const determinant = haa * hbb - hab * hab
    const da = (hbb * ga - hab * gb) / determinant
    const db = (haa * gb - hab * ga) / determinant
    const damp = Math.min(1, 10 / Math.abs(da || 1))
    a -= damp * da
    b -= damp * db
    if (Math.abs(da) < 1e-6 && Math.abs(db) < 1e-6) break
  }
  // Scores that do not tell the two apart: the curve must still rise.
  if (!(a > 0.5) || !Number.isFinite(b)) return FIXED
  return { slope: a, middle: -b / a }
}

export const knownness = ({ slope, middle }: UnknownCurve, score: number): number =>
  1 / (1 + Math.exp(-slope * (score - middle)))
