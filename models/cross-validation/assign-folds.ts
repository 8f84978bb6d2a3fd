import { seededRandom } from '../random.ts'

/** Folds of the cross-validation: each is answered by heads that were trained on the other four fifths. */
export const FOLDS = 5

/** `groups`: group of each example. `folds`: how many. */
type Options = { groups: ArrayLike<number>; folds?: number; seed?: number }

/**
 * Stratified group folds: groups stay whole, and each class is spread evenly, the largest groups first.
 * @param y class of each example; a group counts for the class of its first
 * @returns fold of each example, 0 to folds - 1
 */
export function assignFolds(y: ArrayLike<number>, { groups, folds = FOLDS, seed = 1 }: Options): Uint8Array {
  const random = seededRandom(seed)
  const members = new Map<number, number[]>()
  for (let i = 0; i < y.length; i++) members.set(groups[i]!, [...(members.get(groups[i]!) ?? []), i])
  const order = [...members.values()].map((m) => ({ m, key: random() }))
  order.sort((a, b) => b.m.length - a.m.length || a.key - b.key)
  const fold = new Uint8Array(y.length)
  const filled = new Map<number, Uint32Array>()
  const total = new Uint32Array(folds)
  for (const { m } of order) {
    const own = y[m[0]!]!
    const counts = filled.get(own) ?? new Uint32Array(folds)
    filled.set(own, counts)
    let best = 0
    for (let f = 1; f < folds; f++)
      if (counts[f]! < counts[best]! || (counts[f] === counts[best] && total[f]! < total[best]!)) best = f
    for (const i of m) fold[i] = best
    counts[best]! += m.length
    total[best]! += m.length
  }
  return fold
}
