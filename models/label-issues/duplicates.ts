import { dotOfRows, type Rows } from '../numbers/rows.ts'
import { PairList, type SimilarPair } from './pair-list.ts'
import { visitSimilarPairs } from './similar-pairs.ts'

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
  /** Pairs whose hashes are near (`nearDuplicateHashes`). Read more than once. */
  hashPairs: Iterable<[number, number]>
}

/**
 * Pairs of copies under one label. Hashes find what was rescaled or recompressed; features find what was cropped, mirrored or recoloured.
 * Of very many pairs, only those that hold the groups together and some of each row (`PairList`).
 */
export function findCopies({ z, y, hashPairs }: Compared): SimilarPair[] {
  const found = new PairList(z.rows)
  for (const [a, b] of hashPairs) if (y[a] === y[b]) found.add(a, b, 1)
  for (const rows of rowsByClass(y).values()) {
    const limit = lazily(() => distanceLimit(z, rows))
    visitSimilarPairs(z, { some: rows, all: rows, threshold: COPY_COSINE }, (a, b, similarity) => {
      if (1 - similarity <= limit()) found.add(a, b, similarity)
    })
  }
  return found.pairs
}

/**
 * Pairs that are nearly the same under two labels, the most similar first. Of very many, as for copies, the most similar of each row.
 * @param scores suspicion scores (`findSuspects`)
 */
export function findConflicts({ z, y, hashPairs }: Compared, scores: Float32Array): SimilarPair[] {
  const found = new PairList(z.rows, 'most similar')
  for (const [a, b] of hashPairs) if (y[a] !== y[b]) found.add(a, b, 1)
  const all = [...y.keys()]
  const some = z.rows <= COMPARE_ALL_UP_TO ? all : all.filter((r) => scores[r]! >= COMPARED_FROM_SCORE)
  const limits = lazily(() => new Map([...rowsByClass(y)].map(([c, rows]) => [c, distanceLimit(z, rows)])))
  visitSimilarPairs(z, { some, all, threshold: CONFLICT_COSINE }, (a, b, similarity) => {
    if (y[a] === y[b]) return
    if (1 - similarity <= Math.min(limits().get(y[a]!)!, limits().get(y[b]!)!)) found.add(a, b, similarity)
  })
  return found.pairs.sort((p, q) => q.similarity - p.similarity)
}

/** Computed when it is first asked for. */
function lazily<T>(compute: () => T): () => T {
  let known: { value: T } | undefined
  return () => {
    known ??= { value: compute() }
    return known.value
  }
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
