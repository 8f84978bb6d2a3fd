/** `wins`: rows on which the first alone was right. `losses`: the second alone. `chance`: that this happens if neither is better, 0 to 1. */
type PairedComparison = { wins: number; losses: number; chance: number }

/**
 * Whether one classifier is better than another on the same pictures, or only luckier: McNemar's test, exact and one-sided.
 * McNemar (1947), Note on the sampling error of the difference between correlated proportions, Psychometrika 12, 153–157.
 * @param first, second by row: 1 right, 0 wrong, -1 not measured. Rows that one of them has not measured do not count
 */
export function comparePaired(first: Int8Array, second: Int8Array): PairedComparison {
  let wins = 0
  let losses = 0
  for (const [r, hit] of first.entries()) {
    const other = second[r] ?? -1
    if (hit < 0 || other < 0) continue
    if (hit > other) wins++
    if (hit < other) losses++
  }
  return { wins, losses, chance: atLeast(wins, wins + losses) }
}

/** The probability of `heads` or more among `tosses` of a fair coin. */
function atLeast(heads: number, tosses: number): number {
  // The logarithm of tosses! / (k! (tosses - k)!), step by step.
  let logWays = 0
  let sum = 0
  for (let k = tosses; k >= heads; k--) {
    sum += Math.exp(logWays - tosses * Math.LN2)
    logWays += Math.log(k) - Math.log(tosses - k + 1)
  }
  return Math.min(1, sum)
}
