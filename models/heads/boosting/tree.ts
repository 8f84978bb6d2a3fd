/** Nodes in the order in which they were made, 0 the root. A row goes left where its value is at most the threshold; leaves have left = -1. */
export type Tree = {
  column: Int32Array
  threshold: Float32Array
  left: Int32Array
  right: Int32Array
  /** What a leaf adds to the score. */
  value: Float32Array
}

/** The value of the leaf that a row ends in. @param x values of all rows @param row where the row begins in them */
export function leafValue(tree: Tree, x: Float32Array, row: number): number {
  let n = 0
  while (tree.left[n]! >= 0) n = x[row + tree.column[n]!]! <= tree.threshold[n]! ? tree.left[n]! : tree.right[n]!
  return tree.value[n]!
}
