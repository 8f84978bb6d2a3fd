/**
 * What each row counts so that labels with few rows are not drowned by one with many: 1 on average, and exactly 1 where all have as many.
 * @param truth class of each row @param evenness 0: every row counts the same, to 1: every label that occurs does
 */
export function labelWeights(truth: ArrayLike<number>, evenness = 1): Float64Array {
  const counts = countByLabel(truth)
  const weights = Float64Array.from(truth, (c) => (truth.length / (counts.size * counts.get(c)!)) ** evenness)
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / truth.length
  return weights.map((weight) => weight / mean)
}

function countByLabel(truth: ArrayLike<number>): Map<number, number> {
  const counts = new Map<number, number>()
  for (let r = 0; r < truth.length; r++) counts.set(truth[r]!, (counts.get(truth[r]!) ?? 0) + 1)
  return counts
}
