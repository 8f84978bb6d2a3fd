import { Groups } from './connected-components.ts'

/** Two pictures that are nearly the same. `similarity`: cosine in [-1, 1]; 1 where their hashes say so. */
export type SimilarPair = { a: number; b: number; similarity: number }

/** Pairs a row that are held at most, on average: n pictures that are all alike have n² / 2. */
const HELD_PER_ROW = 8
/** Pairs of a row that stay when there are too many, besides those that hold groups together. */
const KEPT_PER_ROW = 3

/** Which pairs stay when there are too many: the first that were added, or the most similar. */
type Preference = 'first' | 'most similar'

/**
 * Pairs of rows, each once and with the smaller row first. Linear in the rows: where there are too many, only pairs stay that a
 * group needs to hold together, and some of each row, so that groups (`connectedComponents`) are the same as those of all pairs.
 */
export class PairList {
  pairs: SimilarPair[] = []
  private readonly seen = new Set<number>()
  private readonly rows: number
  private readonly preference: Preference

  /** @param rows more than any row of a pair */
  constructor(rows: number, preference: Preference = 'first') {
    this.rows = rows
    this.preference = preference
  }

  /** Does nothing where the pair is there already. */
  add(one: number, other: number, similarity: number): void {
    const [a, b] = one < other ? [one, other] : [other, one]
    const key = this.keyOf(a, b)
    if (this.seen.has(key)) return
    this.seen.add(key)
    this.pairs.push({ a, b, similarity })
    if (this.pairs.length > HELD_PER_ROW * this.rows) this.thin()
  }

  private thin(): void {
    if (this.preference === 'most similar') this.pairs.sort((p, q) => q.similarity - p.similarity)
    const groups = new Groups(this.rows)
    const kept = new Uint8Array(this.rows)
    this.pairs = this.pairs.filter(({ a, b }) => {
      if (!groups.join(a, b) && kept[a]! >= KEPT_PER_ROW && kept[b]! >= KEPT_PER_ROW) return false
      kept[a] = Math.min(KEPT_PER_ROW, kept[a]! + 1)
      kept[b] = Math.min(KEPT_PER_ROW, kept[b]! + 1)
      return true
    })
    this.seen.clear()
    for (const { a, b } of this.pairs) this.seen.add(this.keyOf(a, b))
  }

  private keyOf(a: number, b: number): number {
    return a * this.rows + b
  }
}
