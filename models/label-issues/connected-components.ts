/**
 * Component of each of n nodes, named by one of its nodes: nodes that a chain of pairs joins share one (union-find with path halving).
 */
export function connectedComponents(n: number, pairs: { a: number; b: number }[]): Uint32Array {
  const parent = Uint32Array.from({ length: n }, (_, i) => i)
  const root = (i: number): number => {
    let at = i
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!
    return at
  }
  for (const { a, b } of pairs) parent[root(a)] = root(b)
  return parent.map((_, i) => root(i))
}
