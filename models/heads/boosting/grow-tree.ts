import type { Binned } from './bins.ts'
import { BIN_SIZE, fillHistogram, type Gradients, totalsOf } from './histogram.ts'
import { findBestSplit, type Growth, type Split } from './split.ts'
import type { Tree } from './tree.ts'

/** Rows `from` to `to` of the order, the sums of their derivatives, and how to split them. */
type Node = { from: number; to: number; g: number; h: number; histogram: Float64Array; split: Split | undefined }

/** Rows that ended in a leaf, valid until the next tree, and what it adds to their score. */
type Leaf = { rows: Uint32Array; value: number }

/**
 * Grows trees of least second-order loss (Chen & Guestrin 2016) by splitting the best leaf first, on histograms: a sibling's is its
 * parent's less the other's (Ke et al. 2017).
 */
export class TreeGrower {
  private readonly binned: Binned
  private readonly growth: Growth
  /** Rows, those of a node side by side. */
  private readonly order: Uint32Array
  private readonly buffer: Uint32Array
  /** Histograms that are not needed anymore. */
  private readonly free: Float64Array[] = []
  /** Numbers of a column in a histogram. */
  private readonly width: number

  constructor(binned: Binned, growth: Growth) {
    this.binned = binned
    this.growth = growth
    this.width = BIN_SIZE * (1 + Math.max(...binned.edges.map((e) => e.length)))
    this.order = new Uint32Array(binned.rows)
    this.buffer = new Uint32Array(binned.rows)
  }

  /** @param rows those to train on */
  grow(rows: Uint32Array, gradients: Gradients): { tree: Tree; leaves: Leaf[] } {
    this.order.set(rows)
    const nodes = [this.makeNode(0, rows.length, gradients)]
    const children = new Map<number, [number, number]>()
    const open = [0]
    while (open.length > 0 && open.length < this.growth.leaves) {
      let best = -1
      for (const [i, n] of open.entries())
        if (nodes[n]!.split && (best < 0 || nodes[n]!.split!.gain > nodes[open[best]!]!.split!.gain)) best = i
      if (best < 0) break
      const parent = open[best]!
      children.set(parent, [nodes.length, nodes.length + 1])
      open.splice(best, 1, nodes.length, nodes.length + 1)
      nodes.push(...this.divide(nodes[parent]!, gradients))
    }
    for (const n of open) this.free.push(nodes[n]!.histogram)
    const leaves = open.map((n) => {
      const node = nodes[n]!
      return { rows: this.order.subarray(node.from, node.to), value: this.valueOf(node) }
    })
    return { tree: this.makeTree(nodes, children), leaves }
  }

  private valueOf({ g, h }: Node): number {
    return -g / (h + this.growth.l2)
  }

  private makeTree(nodes: Node[], children: Map<number, [number, number]>): Tree {
    const n = nodes.length
    const tree: Tree = {
      column: new Int32Array(n),
      threshold: new Float32Array(n),
      left: new Int32Array(n).fill(-1),
      right: new Int32Array(n).fill(-1),
      value: new Float32Array(n),
    }
    nodes.forEach((node, i) => {
      const pair = children.get(i)
      if (!pair) tree.value[i] = this.valueOf(node)
      else {
        const { column, bin } = node.split!
        tree.column[i] = column
        tree.threshold[i] = this.binned.edges[column]![bin]!
        ;[tree.left[i], tree.right[i]] = pair
      }
    })
    return tree
  }

  private makeNode(from: number, to: number, gradients: Gradients): Node {
    const histogram = this.free.pop()?.fill(0) ?? new Float64Array(gradients.columns.length * this.width)
    const { binned } = this
    fillHistogram(histogram, this.order.subarray(from, to), { binned, gradients, width: this.width })
    return this.finishNode({ from, to, histogram }, gradients)
  }

  private finishNode(node: Pick<Node, 'from' | 'to' | 'histogram'>, { columns }: Gradients): Node {
    const { from, to, histogram } = node
    const { g, h } = totalsOf(histogram, this.width)
    const bins = { columns, edges: this.binned.edges, width: this.width }
    const split = findBestSplit({ count: to - from, g, h, histogram }, bins, this.growth)
    return { from, to, g, h, histogram, split }
  }

  /** Moves the rows of a node left and right of its split; both keep their order. */
  private divide(parent: Node, gradients: Gradients): [Node, Node] {
    const { from, to } = parent
    const middle = this.partition(parent)
    const leftIsSmall = middle - from <= to - middle
    const small = leftIsSmall ? this.makeNode(from, middle, gradients) : this.makeNode(middle, to, gradients)
    const rest = parent.histogram
    for (let i = 0; i < rest.length; i++) rest[i]! -= small.histogram[i]!
    const bounds = leftIsSmall ? { from: middle, to } : { from, to: middle }
    const large = this.finishNode({ ...bounds, histogram: rest }, gradients)
    return leftIsSmall ? [small, large] : [large, small]
  }

  /** @returns where the rows of the right side begin */
  private partition({ from, to, split }: Node): number {
    const start = split!.column * this.binned.rows
    let [left, over] = [from, 0]
    for (let i = from; i < to; i++) {
      const r = this.order[i]!
      if (this.binned.bins[start + r]! <= split!.bin) this.order[left++] = r
      else this.buffer[over++] = r
    }
    this.order.set(this.buffer.subarray(0, over), left)
    return left
  }
}
