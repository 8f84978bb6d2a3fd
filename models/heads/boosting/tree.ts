import type { Binned } from './bins.ts'

/** Nodes in order of making, 0 the root. A row goes left where its value is at most the threshold; leaves have left = -1. */
export type Tree = {
  column: Int32Array
  threshold: Float32Array
  left: Int32Array
  right: Int32Array
  /** What a leaf adds to the score. */
  value: Float32Array
}

export type Growth = {
  /** Leaves at most. */
  leaves: number
  /** Ridge on the value of a leaf. */
  l2: number
  /** Rows, and the sum of second derivatives, that a leaf has at least. */
  leastRows: number
  leastHessian: number
}

type Split = { gain: number; column: number; bin: number }
type Node = { from: number; to: number; g: number; h: number; histogram: Float64Array; split: Split | undefined }

/**
 * Grows trees of least second-order loss (Chen & Guestrin 2016) by splitting the best leaf first, on histograms: a sibling's is
 * its parent's less the other's (Ke et al. 2017).
 */
export class Grower {
  private readonly binned: Binned
  private readonly growth: Growth
  private readonly order: Uint32Array
  private readonly buffer: Uint32Array
  private readonly free: Float64Array[] = []
  /** Numbers of a column in a histogram: gradient, hessian, rows of each bin. */
  private readonly width: number

  constructor(binned: Binned, growth: Growth) {
    this.binned = binned
    this.growth = growth
    this.width = 3 * (1 + Math.max(...binned.edges.map((e) => e.length)))
    this.order = new Uint32Array(binned.rows)
    this.buffer = new Uint32Array(binned.rows)
  }

  /** @param rows those to learn from @param g first and @param h second derivative of the loss by each row's score */
  grow(rows: Uint32Array, columns: Uint32Array, g: Float32Array, h: Float32Array): { tree: Tree; ends: Leaf[] } {
    this.order.set(rows)
    const nodes: Node[] = []
    const children = new Map<number, [number, number]>()
    const root = this.node(0, rows.length, columns, g, h)
    nodes.push(root)
    const open = [0]
    while (open.length > 0 && open.length < this.growth.leaves) {
      let best = -1
      for (const [i, n] of open.entries())
        if (nodes[n]!.split && (best < 0 || nodes[n]!.split!.gain > nodes[open[best]!]!.split!.gain)) best = i
      if (best < 0) break
      const parent = open[best]!
      const [left, right] = this.divide(nodes[parent]!, columns, g, h)
      children.set(parent, [nodes.length, nodes.length + 1])
      open.splice(best, 1, nodes.length, nodes.length + 1)
      nodes.push(left, right)
    }
    for (const n of open) this.free.push(nodes[n]!.histogram)
    return { tree: this.treeOf(nodes, children), ends: open.map((n) => this.leaf(nodes[n]!)) }
  }

  private leaf({ from, to, g, h }: Node): Leaf {
    return { rows: this.order.subarray(from, to), value: -g / (h + this.growth.l2) }
  }

  private treeOf(nodes: Node[], children: Map<number, [number, number]>): Tree {
    const n = nodes.length
    const tree: Tree = {
      column: new Int32Array(n),
      threshold: new Float32Array(n),
      left: new Int32Array(n).fill(-1),
      right: new Int32Array(n).fill(-1),
      value: new Float32Array(n),
    }
    nodes.forEach(({ split, g, h }, i) => {
      const pair = children.get(i)
      if (!pair) tree.value[i] = -g / (h + this.growth.l2)
      else {
        tree.column[i] = split!.column
        tree.threshold[i] = this.binned.edges[split!.column]![split!.bin]!
        ;[tree.left[i], tree.right[i]] = pair
      }
    })
    return tree
  }

  private node(from: number, to: number, columns: Uint32Array, g: Float32Array, h: Float32Array): Node {
    const histogram = this.free.pop()?.fill(0) ?? new Float64Array(columns.length * this.width)
    const { bins, rows } = this.binned
    for (let k = 0; k < columns.length; k++) {
      const start = columns[k]! * rows
      const base = k * this.width
      for (let i = from; i < to; i++) {
        const r = this.order[i]!
        const at = base + bins[start + r]! * 3
        histogram[at]! += g[r]!
        histogram[at + 1]! += h[r]!
        histogram[at + 2]! += 1
      }
    }
    return this.finish(from, to, columns, histogram)
  }

  private finish(from: number, to: number, columns: Uint32Array, histogram: Float64Array): Node {
    let [g, h] = [0, 0]
    for (let b = 0; b < this.width; b += 3) {
      g += histogram[b]!
      h += histogram[b + 1]!
    }
    const node: Node = { from, to, g, h, histogram, split: undefined }
    node.split = this.bestSplit(node, columns)
    return node
  }

  private bestSplit({ from, to, g, h, histogram }: Node, columns: Uint32Array): Split | undefined {
    const { l2, leastRows, leastHessian } = this.growth
    const count = to - from
    if (count < 2 * leastRows) return undefined
    const whole = (g * g) / (h + l2)
    let best: Split | undefined
    for (let k = 0; k < columns.length; k++) {
      const edges = this.binned.edges[columns[k]!]!.length
      let [gl, hl, nl] = [0, 0, 0]
      for (let b = 0; b < edges; b++) {
        const at = k * this.width + b * 3
        gl += histogram[at]!
        hl += histogram[at + 1]!
        nl += histogram[at + 2]!
        const [gr, hr, nr] = [g - gl, h - hl, count - nl]
        if (nl < leastRows || hl < leastHessian) continue
        if (nr < leastRows || hr < leastHessian) break
        const gain = (gl * gl) / (hl + l2) + (gr * gr) / (hr + l2) - whole
        if (gain > 1e-9 && gain > (best?.gain ?? 0)) best = { gain, column: columns[k]!, bin: b }
      }
    }
    return best
  }

  /** Moves the rows of a node into those left and right of its split; both keep their order. */
  private divide(parent: Node, columns: Uint32Array, g: Float32Array, h: Float32Array): [Node, Node] {
    const { from, to, split } = parent
    const start = split!.column * this.binned.rows
    let [left, over] = [from, 0]
    for (let i = from; i < to; i++) {
      const r = this.order[i]!
      if (this.binned.bins[start + r]! <= split!.bin) this.order[left++] = r
      else this.buffer[over++] = r
    }
    this.order.set(this.buffer.subarray(0, over), left)
    const leftIsSmall = left - from <= to - left
    const small = leftIsSmall ? this.node(from, left, columns, g, h) : this.node(left, to, columns, g, h)
    const rest = parent.histogram
    for (let i = 0; i < rest.length; i++) rest[i]! -= small.histogram[i]!
    const large = leftIsSmall ? this.finish(left, to, columns, rest) : this.finish(from, left, columns, rest)
    return leftIsSmall ? [small, large] : [large, small]
  }
}

/** Rows that ended in a leaf, valid until the next tree, and what it adds to their score. */
type Leaf = { rows: Uint32Array; value: number }

/** The value of the leaf that a row of x ends in. */
export function leafValue(tree: Tree, x: Float32Array, row: number): number {
  let n = 0
  while (tree.left[n]! >= 0) n = x[row + tree.column[n]!]! <= tree.threshold[n]! ? tree.left[n]! : tree.right[n]!
  return tree.value[n]!
}
