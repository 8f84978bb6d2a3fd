import { bestOther, type Fit, logOdds } from './label-fit.ts'

/** What is flagged has a score of at least this. */
export const FLAGGED = 0.5

/** Others under a label that it takes to say whether one fits. */
const LEAST_OTHERS = 3
/** Share of a label's pictures that makes two labels look like one. */
const MANY = 0.25
/** The score that pictures of two labels that look like one have at most. */
const CALM = 0.4
/** Where between wrong and right ones flagging begins, at the least and at the most. */
const [LOWEST, HIGHEST] = [0.44, 0.54]
/** Deviations of a normal curve between its median and the value that a fifth is above. */
const UPPER_FIFTH = 0.84
/** How much of what a label's pictures are easier or harder than others' is taken off. */
const OWN_LEVEL = 0.5

/** By row: `scores` from 0 to 1, the more suspect the higher; 0 where too little is filed to tell. `suggested`: the class that fits better; -1: none does. */
export type Doubts = {
  scores: Float32Array
  suggested: Int32Array
  /** Log odds of the own label, the mean of those of wrong labels, and how far above it half of the dataset is. */
  own: Float64Array
  floor: number
  height: number
}

/**
 * How well each picture fits its label: the odds of its cosine to the mean of the label's other pictures against those to the other labels'
 * means, as out-of-sample self-confidence (Northcutt et al. 2021, on label-free features) without a second training. What odds a wrong
 * picture has, the pictures themselves show: each is asked as if it were filed under another label, with its own label taught (swapped) and
 * not taught (a stranger). What is flagged begins about halfway between their mean and the median of the dataset: as many deviations
 * above the one as below the other.
 * @returns null where labels look no different from one another: nothing can be said of single pictures
 */
export function doubt({ cosines, others }: Fit, y: Uint32Array, classes: number): Doubts | null {
  const odds = (r: number, c: number, untaught = -1): number => logOdds(cosines, classes, r, c, untaught)
  const raw = Float64Array.from(y, (c, r) => odds(r, c))
  const level = levels(raw, y, classes)
  const own = raw.map((v, r) => v - level[y[r]!]!)
  const wrong = oddsOfWrong(y, classes, (r, c, untaught) => odds(r, c, untaught) - level[c]!)
  const floor = mean(wrong)
  const middle = median(own)
  const height = middle - floor
  const spread = deviation(wrong)
  if (height < 0.5 * spread) return null

  // Of the right ones the upper half alone: below the median are the wrong ones.
  const spreadOfRight = (quantile(own, 0.8) - middle) / UPPER_FIFTH
  const flagAt = floor + height * Math.max(LOWEST, Math.min(HIGHEST, spread / (spread + spreadOfRight)))
  const tells = (r: number): boolean => others[r]! >= LEAST_OTHERS
  const scores = Float32Array.from(own, (v, r) => (tells(r) ? 1 / (1 + Math.exp((8 * (v - flagAt)) / height)) : 0))
  const nearest = Int32Array.from(y, (c, r) => bestOther(cosines, classes, r, c))
  calmTwins(scores, nearest, y, classes)
  const suggested = Int32Array.from(y, (_, r) => {
    const best = nearest[r]!
    return scores[r]! >= FLAGGED && odds(r, best) - level[best]! > flagAt ? best : -1
  })
  return { scores, suggested, own, floor, height }
}

/** Of each row as if it were filed under two other labels, with its own label taught and not. */
function oddsOfWrong(
  y: Uint32Array,
  classes: number,
  odds: (r: number, c: number, untaught?: number) => number,
): Float64Array {
  const found = new Float64Array(4 * y.length)
  let count = 0
  for (let r = 0; r < y.length; r++)
    for (const step of [1, 2]) {
      const c = (y[r]! + step + ((r * 7) % Math.max(1, classes - 2))) % classes
      if (c === y[r]) continue
      found[count++] = odds(r, c)
      if (classes > 2) found[count++] = odds(r, c, y[r])
    }
  return found.subarray(0, count)
}

/**
 * Where many of one label look like another, and many of that one like the first, the two are the same thing or nearly: that is said of the
 * labels (`advise`), and is no reason to doubt single pictures.
 */
function calmTwins(scores: Float32Array, nearest: Int32Array, y: Uint32Array, classes: number): void {
  const counts = new Float64Array(classes)
  for (const c of y) counts[c]! += 1
  const towards = new Map<number, number>()
  const key = (from: number, to: number): number => from * classes + to
  const flagged = [...y.keys()].filter((r) => scores[r]! >= FLAGGED)
  for (const r of flagged) {
    const k = key(y[r]!, nearest[r]!)
    towards.set(k, (towards.get(k) ?? 0) + 1)
  }
  const many = (from: number, to: number): boolean => (towards.get(key(from, to)) ?? 0) > MANY * counts[from]!
  for (const r of flagged)
    if (many(y[r]!, nearest[r]!) && many(nearest[r]!, y[r]!)) scores[r] = Math.min(scores[r]!, CALM)
}

/** How much easier or harder the pictures of a class are than all, halved, and less where there are few. */
function levels(odds: Float64Array, y: Uint32Array, classes: number): Float64Array {
  const all = median(odds)
  const by = Array.from({ length: classes }, () => [] as number[])
  for (const [r, c] of y.entries()) by[c]!.push(odds[r]!)
  return Float64Array.from(by, (v) =>
    v.length === 0 ? 0 : (OWN_LEVEL * (median(v) - all) * v.length) / (v.length + 5),
  )
}

const mean = (v: Float64Array): number => v.reduce((a, b) => a + b, 0) / v.length
const quantile = (v: ArrayLike<number>, share: number): number =>
  Float64Array.from(v).sort()[Math.floor(share * v.length)]!
const median = (v: ArrayLike<number>): number => quantile(v, 0.5)

function deviation(v: Float64Array): number {
  const m = mean(v)
  return Math.sqrt(v.reduce((sum, x) => sum + (x - m) ** 2, 0) / v.length)
}
