export type Random = () => number

export function pick<T>(items: readonly T[], random: Random): T {
  const item = items[Math.floor(items.length * random())]
  if (item === undefined) throw new Error('Expected something to pick from')
  return item
}

/** One of the names, as often as its weight says. */
export function pickWeighted<T>(weights: readonly (readonly [T, number])[], random: Random): T {
  let left = random() * weights.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [item, weight] of weights) {
    left -= weight
    if (left < 0) return item
  }
  return pick(weights, random)[0]
}
