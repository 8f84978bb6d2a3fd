import { discard } from '../numbers/discard.ts'
import { product } from '../numbers/product.ts'
import { dotOfRows, type Rows, takeRows } from '../numbers/rows.ts'

/** Two pictures that are nearly the same; `similarity`: cosine in [-1, 1], 1 where their hashes alone say so. */
export type Pair = { a: number; b: number; similarity: number }

/** From here on pictures under one label may be copies of one another, but for labels whose pictures are all about as alike: */
const SAME = 0.8
/** what copies differ by is at most this share of what its pictures usually differ by. */
const SHARE = 0.4
/** Under two labels less may do: somebody should look. */
const CONFLICT = 0.75
/** Up to so many all pairs are compared across labels; beyond, those of pictures that fit their own label badly. */
const FEW = 2000
const BADLY = 0.1
/** Rows of a block of products; of the left side several of the right's, which is turned for each. */
const [LEFT, RIGHT] = [2048, 512]

/**
 * Pairs of copies under one label: rescaled and recompressed ones by their perceptual hash, cropped, mirrored and recoloured ones by
 * features. @param z rows of length 1 (`embedAlike`) @param y class of each @param hashed pairs whose hashes are near (`nearDuplicateHashes`)
 */
export function findCopies(z: Rows, y: Uint32Array, hashed: [number, number][]): Pair[] {
  const found = new Pairs(z.rows)
  for (const [a, b] of hashed) if (y[a] === y[b]) found.add(a, b, 1)
  for (const rows of Map.groupBy(y.keys(), (r) => y[r]!).values()) {
    const near = nearPairs(z, rows, rows, SAME)
    const most = near.length > 0 ? SHARE * (1 - usual(z, rows)) : 0
    for (const { a, b, similarity } of near) if (1 - similarity <= most) found.add(a, b, similarity)
  }
  return found.list
}

/** Pairs that are nearly the same under two labels, the nearest first. @param scores how badly each fits its label (`findSuspects`) */
export function findConflicts(z: Rows, y: Uint32Array, hashed: [number, number][], scores: Float32Array): Pair[] {
  const found = new Pairs(z.rows)
  for (const [a, b] of hashed) if (y[a] !== y[b]) found.add(a, b, 1)
  const all = [...y.keys()]
  const some = z.rows <= FEW ? all : all.filter((r) => scores[r]! >= BADLY)
  const near = nearPairs(z, some, all, CONFLICT).filter(({ a, b }) => y[a] !== y[b])
  const labels = near.length > 0 ? Map.groupBy(y.keys(), (r) => y[r]!) : new Map<number, number[]>()
  const most = new Map([...labels].map(([c, rows]) => [c, SHARE * (1 - usual(z, rows))]))
  for (const { a, b, similarity } of near)
    if (1 - similarity <= Math.min(most.get(y[a]!)!, most.get(y[b]!)!)) found.add(a, b, similarity)
  return found.list.sort((p, q) => q.similarity - p.similarity)
}

/** Each pair once, the smaller row first. */
class Pairs {
  readonly list: Pair[] = []
  private readonly seen = new Set<number>()
  private readonly rows: number

  constructor(rows: number) {
    this.rows = rows
  }

  add(one: number, other: number, similarity: number): void {
    const [a, b] = one < other ? [one, other] : [other, one]
    if (this.seen.has(a * this.rows + b)) return
    this.seen.add(a * this.rows + b)
    this.list.push({ a, b, similarity })
  }
}

/** Group of each row: copies share one, and so do those that a chain joins. */
export function groupsOf(n: number, copies: Pair[]): Uint32Array {
  const parent = Uint32Array.from({ length: n }, (_, i) => i)
  const root = (i: number): number => {
    let at = i
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!
    return at
  }
  for (const { a, b } of copies) parent[root(a)] = root(b)
  return parent.map((_, i) => root(i))
}

/** Pairs of different rows, one of each list; each twice where both lists have both. */
function nearPairs(z: Rows, some: number[], all: number[], least: number): Pair[] {
  const pairs: Pair[] = []
  for (let to = 0; to < all.length; to += RIGHT) {
    const right = all.slice(to, to + RIGHT)
    const w = takeRows(z, right)
    for (let from = 0; from < some.length; from += LEFT) {
      const left = some.slice(from, from + LEFT)
      if (some === all && to < from) continue
      const x = takeRows(z, left)
      const { data } = product(x, w)
      for (let i = 0, at = 0; i < left.length; i++)
        for (let j = 0; j < right.length; j++, at++)
          if (data[at]! >= least && left[i] !== right[j])
            pairs.push({ a: left[i]!, b: right[j]!, similarity: data[at]! })
      discard(x.data, data)
    }
    discard(w.data)
  }
  return pairs
}

/** What the pictures of a label usually have in common: the median over some pairs. */
function usual(z: Rows, rows: number[]): number {
  const dots: number[] = []
  for (let k = 0; k < Math.min(rows.length, 200); k++) {
    const [a, b] = [rows[k]!, rows[(k + (rows.length >> 1)) % rows.length]!]
    if (a !== b) dots.push(dotOfRows(z, a, b))
  }
  return dots.sort((x, y) => x - y)[dots.length >> 1] ?? 0
}
