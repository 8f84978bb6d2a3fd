import { decodeFloats, decodeIntegers, encodeFloats, encodeIntegers } from '../../numbers/base64.ts'
import type { Matrix } from '../../numbers/matrix.ts'
import type { GraphBuilder } from '../../onnx/graph-builder.ts'
import type { SavedForest } from '../../saved-format.ts'
import { leafValue, type Tree } from './tree.ts'

/** The trees of all rounds: tree t adds to the score of class t modulo classes. */
export class Forest {
  private readonly trees: Tree[]
  private readonly classes: number

  constructor(trees: Tree[], classes: number) {
    this.trees = trees
    this.classes = classes
  }

  /** Adds what the trees say of each row of x, n x d, to scores, n x classes. */
  addTo(scores: Matrix, x: Matrix): void {
    for (let r = 0; r < x.rows; r++)
      this.trees.forEach((tree, t) => {
        scores.data[r * this.classes + (t % this.classes)]! += leafValue(tree, x.data, r * x.columns)
      })
  }

  /** The same as an operation of an ONNX graph. @returns the name of n x classes sums */
  toOnnx(graph: GraphBuilder, x: string): string | undefined {
    const { trees, classes } = this
    if (trees.length === 0) return undefined
    const nodes = trees.flatMap((tree, t) =>
      [...tree.left.keys()].map((n) => ({ tree, t, n, isLeaf: tree.left[n]! < 0 })),
    )
    const leaves = nodes.filter((n) => n.isLeaf)
    return graph.addClassical('TreeEnsembleRegressor', [x], {
      n_targets: classes,
      nodes_treeids: nodes.map(({ t }) => t),
      nodes_nodeids: nodes.map(({ n }) => n),
      nodes_featureids: nodes.map(({ tree, n }) => tree.column[n]!),
      nodes_values: { floats: nodes.map(({ tree, n }) => tree.threshold[n]!) },
      nodes_modes: { strings: nodes.map(({ isLeaf }) => (isLeaf ? 'LEAF' : 'BRANCH_LEQ')) },
      nodes_truenodeids: nodes.map(({ tree, n, isLeaf }) => (isLeaf ? 0 : tree.left[n]!)),
      nodes_falsenodeids: nodes.map(({ tree, n, isLeaf }) => (isLeaf ? 0 : tree.right[n]!)),
      target_treeids: leaves.map(({ t }) => t),
      target_nodeids: leaves.map(({ n }) => n),
      target_ids: leaves.map(({ t }) => t % classes),
      target_weights: { floats: leaves.map(({ tree, n }) => tree.value[n]!) },
    })
  }

  toJSON(): SavedForest {
    const integers = (of: (tree: Tree) => Iterable<number>): string =>
      encodeIntegers(Int32Array.from(this.trees.flatMap((t) => [...of(t)])))
    const floats = (of: (tree: Tree) => Float32Array): string =>
      encodeFloats(Float32Array.from(this.trees.flatMap((t) => [...of(t)])))
    return {
      sizes: integers((t) => [t.left.length]),
      column: integers((t) => t.column),
      threshold: floats((t) => t.threshold),
      left: integers((t) => t.left),
      right: integers((t) => t.right),
      value: floats((t) => t.value),
    }
  }

  static fromJSON(json: SavedForest, classes: number): Forest {
    const { sizes, column, threshold, left, right, value } = json
    const all = {
      column: decodeIntegers(column),
      threshold: decodeFloats(threshold),
      left: decodeIntegers(left),
      right: decodeIntegers(right),
      value: decodeFloats(value),
    }
    let at = 0
    const trees = [...decodeIntegers(sizes)].map((size) => {
      const part = [at, at + size] as const
      at += size
      return {
        column: all.column.subarray(...part),
        threshold: all.threshold.subarray(...part),
        left: all.left.subarray(...part),
        right: all.right.subarray(...part),
        value: all.value.subarray(...part),
      }
    })
    return new Forest(trees, classes)
  }
}
