/** Fewer labels than this say nothing of how labels differ. */
const LEAST_LABELS = 3
/** Nor do fewer pictures of a label, on average. */
const LEAST_PICTURES = 3
/** How much of a level is taken off: all of it would let strangers pass as labels of varied pictures (docs/learning.md). */
const LEVEL_SHARE = 0.5

type Known = {
  /** Log odds of pictures that were not trained on. */
  logOdds: number[]
  /** The label of each, 0 to classes - 1. */
  own: number[]
  classes: number
}

/**
 * What to subtract from the log odds of a picture that looks like a label. The pictures of one label are all alike, those of another are
 * varied: what is near enough for the second is a stranger to the first. A level is the mean of a label's own pictures above that of all
 * labels, shrunk by how uncertain it is (empirical Bayes, Efron and Morris 1973).
 * @returns one value for each label; undefined where labels are too few, or do not differ
 */
export function labelLevels({ logOdds, own, classes }: Known): number[] | undefined {
  const counts = new Float64Array(classes)
  const means = new Float64Array(classes)
  for (const [i, c] of own.entries()) {
    counts[c]! += 1
    means[c]! += logOdds[i]!
  }
  const measured = [...counts.keys()].filter((c) => counts[c]! > 0)
  if (measured.length < LEAST_LABELS || own.length < LEAST_PICTURES * measured.length) return undefined
  for (const c of measured) means[c]! /= counts[c]!
  const average = (of: (c: number) => number): number => measured.reduce((sum, c) => sum + of(c), 0) / measured.length
  const overall = average((c) => means[c]!)
  const within = own.reduce((sum, c, i) => sum + (logOdds[i]! - means[c]!) ** 2, 0) / (own.length - measured.length)
  const spread = (average((c) => (means[c]! - overall) ** 2) * measured.length) / (measured.length - 1)
  const between = spread - average((c) => within / counts[c]!)
  if (!(between > 0)) return undefined
  return Array.from(counts, (n, c) =>
    n > 0 ? (LEVEL_SHARE * (means[c]! - overall) * between) / (between + within / n) : 0,
  )
}
