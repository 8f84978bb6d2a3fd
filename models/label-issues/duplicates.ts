import { dotOfRows, type Rows } from '../numbers/rows.ts'
import { findSimilarPairs, PairList, type SimilarPair } from './similar-pairs.ts'

/** Cosine from which on two pictures may be copies, under one label and under two. Two labels need less: somebody should look. */
const COPY_COSINE = 0.8
const CONFLICT_COSINE = 0.75
/**
 * Copies differ by at most this share of what pictures of their label usually differ by, so that labels whose pictures are all much alike hold no
 * copies for that alone.
 */
const MAX_SHARE_OF_USUAL_DISTANCE = 0.4
/**
 * Up to this many examples all pairs are compared across labels. Beyond it, pairs with an example whose suspicion score is at least this, so that it
 * takes no longer than a training.
 */
const COMPARE_ALL_UP_TO = 2000
const COMPARED_FROM_SCORE = 0.1
/** Pairs that show well enough how far the pictures of a label usually are apart. */
const SAMPLED_PAIRS = 200

type Compared = {
  /** Rows of length 1 (`embedForSimilarity`). */
  z: Rows
  /** Class of each row. */
  y: Uint32Array
  /** Pairs whose hashes are near (`nearDuplicateHashes`). */
  hashPairs: [number, number][]
}

/**
 * Pairs of copies under one label. Hashes find what was rescaled or recompressed; features find what was cropped, mirrored or recoloured.
 */
export function findCopies({ z, y, hashPairs }: Compared): SimilarPair[] {
  const found = new PairList(z.rows)
  for (const [a, b] of hashPairs) if (y[a] === y[b]) found.add({ a, b, similarity: 1 })
  for (const rows of rowsByClass(y).values()) {
    const near = findSimilarPairs(z, { some: rows, all: rows, threshold: COPY_COSINE })
    const limit = near.length > 0 ? distanceLimit(z, rows) : 0
    for (const pair of near) if (1 - pair.similarity <= limit) found.add(pair)
  }
  return found.pairs
}

/** Pairs that are nearly the same under two labels, the most similar first. @param scores suspicion scores (`findSuspects`) */
export function findConflicts({ z, y, hashPairs }: Compared, scores: Float32Array): SimilarPair[] {
  const found = new PairList(z.rows)
  for (const [a, b] of hashPairs) if (y[a] !== y[b]) found.add({ a, b, similarity: 1 })
  const all = [...y.keys()]
  const some = z.rows <= COMPARE_ALL_UP_TO ? all : all.filter((r) => scores[r]! >= COMPARED_FROM_SCORE)
  const near = findSimilarPairs(z, { some, all, threshold: CONFLICT_COSINE }).filter(({ a, b }) => y[a] !== y[b])
  if (near.length > 0) {
    const limits = new Map([...rowsByClass(y)].map(([c, rows]) => [c, distanceLimit(z, rows)]))
    for (const pair of near)
      if (1 - pair.similarity <= Math.min(limits.get(y[pair.a]!)!, limits.get(y[pair.b]!)!)) found.add(pair)
  }
  return found.pairs.sort((p, q) => q.similarity - p.similarity)
}

const rowsByClass = (y: Uint32Array): Map<number, number[]> => Map.groupBy(y.keys(), (r) => y[r]!)

/** Largest cosine distance (1 - cosine) of copies among these pictures of one label. */
const distanceLimit = (z: Rows, rows: number[]): number => MAX_SHARE_OF_USUAL_DISTANCE * (1 - medianCosine(z, rows))

/** Over some pairs of these rows; 0 without a pair. */
function medianCosine(z: Rows, rows: number[]): number {
  const cosines: number[] = []
  for (let k = 0; k < Math.min(rows.length, SAMPLED_PAIRS); k++) {
    const a = rows[k]!
    const b = rows[(k + (rows.length >> 1)) % rows.length]!
    if (a !== b) cosines.push(dotOfRows(z, a, b))
  }
  return cosines.sort((x, y) => x - y)[cosines.length >> 1] ?? 0
}
