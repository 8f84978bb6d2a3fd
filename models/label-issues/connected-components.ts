/** Nodes that a chain of pairs joins (union-find with path halving). */
export class Groups {
  private readonly parent: Uint32Array

  constructor(n: number) {
    this.parent = Uint32Array.from({ length: n }, (_, i) => i)
  }

  /** The node that names a node's group. */
  nameOf(node: number): number {
    const { parent } = this
    let at = node
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!
    return at
  }

  /** False where they were in one group already. */
  join(a: number, b: number): boolean {
    const [from, to] = [this.nameOf(a), this.nameOf(b)]
    this.parent[from] = to
    return from !== to
  }
}

/** Component of each of n nodes, named by one of its nodes: nodes that a chain of pairs joins share one. */
export function connectedComponents(n: number, pairs: { a: number; b: number }[]): Uint32Array {
  const groups = new Groups(n)
  for (const { a, b } of pairs) groups.join(a, b)
  return Uint32Array.from({ length: n }, (_, i) => groups.nameOf(i))
}
