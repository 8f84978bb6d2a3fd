import { seededRandom } from './random.ts'

/** Group of each hash: hashes at most `distance` bits apart share one, and so do those that a chain joins. */
export function nearDuplicateGroups(hashes: bigint[], distance: number): Uint32Array {
  const parent = Uint32Array.from(hashes, (_, i) => i)
  const root = (i: number): number => {
    let at = i
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!
    return at
  }
  const join = (i: number, j: number): void => {
    parent[root(i)] = root(j)
  }
  const first = new Map<bigint, number>()
  for (const [i, hash] of hashes.entries()) {
    const same = first.get(hash)
    if (same === undefined) first.set(hash, i)
    else join(i, same)
  }
  const different = [...first.values()]
  const high = Int32Array.from(hashes, (h) => Number(BigInt.asIntN(32, h >> 32n)))
  const low = Int32Array.from(hashes, (h) => Number(BigInt.asIntN(32, h)))
  // One of distance + 1 parts is the same in hashes that are near (pigeonholes): only those are compared.
  for (const part of partsOf(distance + 1)) {
    const near = Map.groupBy(different, (i) => part(high[i]!, low[i]!))
    for (const some of near.values())
      for (const [at, i] of some.entries())
        for (const j of some.slice(0, at))
          if (ones(high[i]! ^ high[j]!) + ones(low[i]! ^ low[j]!) <= distance) join(i, j)
  }
  return Uint32Array.from(hashes, (_, i) => root(i))
}

/** Cuts 64 bits, given as two halves, into so many parts. */
function partsOf(count: number): ((high: number, low: number) => number)[] {
  const width = Math.ceil(64 / count)
  const mask = 2 ** width - 1
  return Array.from({ length: count }, (_, p) => (high, low) => {
    const at = p * width
    if (at >= 32) return (high >>> (at - 32)) & mask
    return ((low >>> at) | (at === 0 ? 0 : high << (32 - at))) & mask
  })
}

function ones(v: number): number {
  let x = v - ((v >>> 1) & 0x55555555)
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333)
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Fold of each example, 0 to k - 1: groups stay whole, and each class spreads evenly. */
export function assignFolds(y: ArrayLike<number>, groups: ArrayLike<number>, k: number, seed = 1): Uint8Array {
  const random = seededRandom(seed)
  const members = new Map<number, number[]>()
  for (let i = 0; i < y.length; i++) members.set(groups[i]!, [...(members.get(groups[i]!) ?? []), i])
  const order = [...members.values()].map((m) => ({ m, key: random() }))
  order.sort((a, b) => b.m.length - a.m.length || a.key - b.key)
  const fold = new Uint8Array(y.length)
  const filled = new Map<number, Uint32Array>()
  const total = new Uint32Array(k)
  for (const { m } of order) {
    const own = y[m[0]!]!
    const counts = filled.get(own) ?? new Uint32Array(k)
    filled.set(own, counts)
    let best = 0
    for (let f = 1; f < k; f++)
      if (counts[f]! < counts[best]! || (counts[f] === counts[best] && total[f]! < total[best]!)) best = f
    for (const i of m) fold[i] = best
    counts[best]! += m.length
    total[best]! += m.length
  }
  return fold
}
