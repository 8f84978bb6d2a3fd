import { dotProducts } from '../kernels/dot-products.ts'
import { freeArrays } from '../numbers/memory.ts'
import { type Rows, takeRows } from '../numbers/rows.ts'

/** Two pictures that are nearly the same. `similarity`: cosine in [-1, 1]; 1 where their hashes say so. */
export type SimilarPair = { a: number; b: number; similarity: number }

/** Rows of the blocks that are multiplied. The right one is transposed for each product, so it is the smaller one. */
const LEFT_BLOCK_ROWS = 2048
const RIGHT_BLOCK_ROWS = 512

/** Pairs of rows, each once and with the smaller row first. */
export class PairList {
  readonly pairs: SimilarPair[] = []
  private readonly seen = new Set<number>()
  private readonly rows: number

  /** @param rows more than any row of a pair */
  constructor(rows: number) {
    this.rows = rows
  }

  /** Does nothing where the pair is there already. */
  add({ a: one, b: other, similarity }: SimilarPair): void {
    const [a, b] = one < other ? [one, other] : [other, one]
    const key = a * this.rows + b
    if (this.seen.has(key)) return
    this.seen.add(key)
    this.pairs.push({ a, b, similarity })
  }
}

/**
 * Pairs of different rows, one of each list, whose cosine is at least `threshold`; some of them twice where both lists have both rows.
 * @param z rows of length 1
 */
export function findSimilarPairs(
  z: Rows,
  { some, all, threshold }: { some: number[]; all: number[]; threshold: number },
): SimilarPair[] {
  const pairs: SimilarPair[] = []
  for (let to = 0; to < all.length; to += RIGHT_BLOCK_ROWS) {
    const right = all.slice(to, to + RIGHT_BLOCK_ROWS)
    const w = takeRows(z, right)
    for (let from = 0; from < some.length; from += LEFT_BLOCK_ROWS) {
      // The other half of a symmetric product.
      if (some === all && to < from) continue
      const left = some.slice(from, from + LEFT_BLOCK_ROWS)
      const x = takeRows(z, left)
      const { data: cosines } = dotProducts(x, w)
      for (let i = 0, at = 0; i < left.length; i++)
        for (let j = 0; j < right.length; j++, at++)
          if (cosines[at]! >= threshold && left[i] !== right[j])
            pairs.push({ a: left[i]!, b: right[j]!, similarity: cosines[at]! })
      freeArrays(x.data, cosines)
    }
    freeArrays(w.data)
  }
  return pairs
}
