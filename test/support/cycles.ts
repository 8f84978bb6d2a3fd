/**
 * Cycles of a graph, one for each group of nodes that reach each other (Tarjan 1972: strongly connected components).
 * @param edges from each node to others; those that lead to no node are left out
 * @returns a way round in each group, which ends where it began
 */
export function findCycles(edges: Map<string, string[]>): string[][] {
  const order = new Map<string, number>()
  const open: string[] = []
  const cycles: string[][] = []

  function visit(node: string): number {
    const at = order.size
    let low = at
    order.set(node, at)
    open.push(node)
    for (const next of edges.get(node) ?? []) {
      if (!edges.has(next)) continue
      if (!order.has(next)) low = Math.min(low, visit(next))
      else if (open.includes(next)) low = Math.min(low, order.get(next) ?? low)
    }
    if (low === at) close(node)
    return low
  }

  function close(node: string): void {
    const group = new Set(open.splice(open.indexOf(node)))
    if (group.size > 1 || edges.get(node)?.includes(node)) cycles.push(wayRound(node, group))
  }

  /** The shortest way from a node back to it, inside its group. */
  function wayRound(start: string, group: Set<string>): string[] {
    const ways: string[][] = [[start]]
    const seen = new Set<string>()
    for (const way of ways)
      for (const next of edges.get(way.at(-1) ?? start) ?? []) {
        if (next === start) return [...way, start]
        if (!group.has(next) || seen.has(next)) continue
        seen.add(next)
        ways.push([...way, next])
      }
    return [...group]
  }

  for (const node of edges.keys()) if (!order.has(node)) visit(node)
  return cycles
}
