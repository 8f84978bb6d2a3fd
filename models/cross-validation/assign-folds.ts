import { seededRandom } from '../random.ts'

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
