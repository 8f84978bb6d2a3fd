import { dotProducts } from '../kernels/dot-products.ts'
import { freeArrays } from '../numbers/memory.ts'
import { dotOfRows, type Rows, takeRows } from '../numbers/rows.ts'
import { sampleEvenly } from './sample-evenly.ts'

// Neighbours vote for a label with the exponential of their cosine over a temperature (kernel classification). Unlike the mean of a label they
// speak for each kind of picture that it holds. Copies of a picture do not vote on it.

/** Of the standard deviation of cosines between labels: the temperature of a vote, chosen by measurement (docs/decisions/leave-out-by-neighbours.md). */
const TEMPERATURE_PER_DEVIATION = 0.7
const MIN_TEMPERATURE = 0.005
/** Rows of one label that vote, and rows in all for `neighbourVoteGain`: enough to tell, and quick. */
const MAX_VOTERS_PER_LABEL = 30
const MAX_VOTERS = 1200
/** Pairs that show well enough how much cosines differ. */
const SAMPLED_PAIRS = 4000
/** What every label has of votes, so that none has a probability of 0. */
const MIN_VOTES = 1e-9

/** Class of each row, and the group of copies that it is in. */
type GroupedLabels = { y: Uint32Array; group: Uint32Array }

/**
 * Log odds of one class against another by the votes of their pictures, each class in proportion to its size. NaN where one has nobody to vote.
 * @param z rows of length 1 @param temperature of `neighbourTemperature`
 */
export function neighbourLogOdds(z: Rows, { y, group }: GroupedLabels, temperature: number) {
  const rowsOf = Map.groupBy(y.keys(), (r) => y[r]!)
  const votersOf = new Map([...rowsOf].map(([c, rows]) => [c, sampleEvenly(rows, MAX_VOTERS_PER_LABEL)]))
  const votes = (r: number, c: number): number => {
    let [sum, count] = [0, 0]
    for (const voter of votersOf.get(c) ?? []) {
      if (group[voter] === group[r]) continue
      sum += Math.exp(dotOfRows(z, r, voter) / temperature)
      count++
    }
    return (sum / count) * (rowsOf.get(c)?.length ?? 0)
  }
  return (r: number, c: number, against: number): number => Math.log(votes(r, c) / votes(r, against))
}

/**
 * Mean gain of the log probability that votes (leave-one-out) give to a picture's label when those that are left out do not vote, over all
 * pictures and over those that are kept.
 * @param z rows of length 1 @param leftOut 1 for rows that do not vote
 */
export function neighbourVoteGain(
  z: Rows,
  { y, group, classes, leftOut }: GroupedLabels & { classes: number; leftOut: Uint8Array },
  temperature: number,
): { ofAll: number; ofKept: number } {
  const rows = sampleRows(y, classes)
  const x = takeRows(z, rows)
  const { data: cosines } = dotProducts(x, x)
  const votes = new Float64Array(classes)
  const votesOfKept = new Float64Array(classes)
  let [sum, sumOfKept, kept] = [0, 0, 0]
  for (const [a, r] of rows.entries()) {
    votes.fill(MIN_VOTES)
    votesOfKept.fill(MIN_VOTES)
    for (const [b, voter] of rows.entries()) {
      if (group[voter] === group[r]) continue
      const vote = Math.exp(cosines[a * rows.length + b]! / temperature)
      votes[y[voter]!]! += vote
      if (!leftOut[voter]) votesOfKept[y[voter]!]! += vote
    }
    const gain = logShare(votesOfKept, y[r]!) - logShare(votes, y[r]!)
    sum += gain
    if (leftOut[r]) continue
    sumOfKept += gain
    kept++
  }
  freeArrays(x.data, cosines)
  return { ofAll: sum / rows.length, ofKept: kept > 0 ? sumOfKept / kept : 0 }
}

/** From the standard deviation of the cosines of pictures under two labels. @param z rows of length 1 */
export function neighbourTemperature(z: Rows, y: Uint32Array): number {
  let [sum, squares, count] = [0, 0, 0]
  for (let k = 0; k < SAMPLED_PAIRS; k++) {
    // Steps by primes: pairs hardly repeat.
    const [a, b] = [(k * 7919) % z.rows, (k * 104_729 + (k % 97)) % z.rows]
    if (y[a] === y[b]) continue
    const cosine = dotOfRows(z, a, b)
    sum += cosine
    squares += cosine * cosine
    count++
  }
  const deviation = Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))
  return Math.max(MIN_TEMPERATURE, TEMPERATURE_PER_DEVIATION * (count > 0 ? deviation : 0))
}

const logShare = (votes: Float64Array, c: number): number => Math.log(votes[c]! / votes.reduce((a, b) => a + b))

/** Some rows of each of some labels, spread evenly. */
function sampleRows(y: Uint32Array, classes: number): number[] {
  const rowsOf = Array.from({ length: classes }, () => [] as number[])
  for (const [r, c] of y.entries()) rowsOf[c]!.push(r)
  const sampled = rowsOf.map((rows) => sampleEvenly(rows, MAX_VOTERS_PER_LABEL))
  const mean = sampled.reduce((sum, rows) => sum + rows.length, 0) / classes
  return sampleEvenly(sampled, Math.max(2, Math.floor(MAX_VOTERS / mean))).flat()
}
