import type { Matrix } from '../numbers/matrix.ts'
import type { Rows } from '../numbers/rows.ts'
import type { GraphBuilder } from '../onnx/graph-builder.ts'
import type { SavedHead } from '../saved-format.ts'
import type { Unwhitened } from '../whitening/whitening.ts'

/** A classifier of whitened features. */
export type Head = {
  /** @param z n x d @returns n x classes, the higher the likelier; comparable within a row only */
  decisionScores(z: Matrix): Matrix
  /** The same as operations of an ONNX graph. @param z name of the n x d input @returns the name of the scores */
  toOnnx(graph: GraphBuilder, z: string): string
  toJSON(): SavedHead
}

/** What a head is trained on. The same input gives the same head, to the bit. */
export type FitInput = {
  /** n x d whitened features, mean square norm 1. */
  z: Rows
  /** Class of each row, 0 to classes - 1; each class at least once. */
  y: Uint32Array
  classes: number
  /** What each row counts, above 0. */
  weights: Float32Array
  seed: number
}

/** What several heads share: the class means, trained already, and rows that are only centred, which overwrite the whitened ones. */
export type FitContext = { means: Head; unwhiten(): Unwhitened }

/** How to train one kind of head, and how to read it back. */
export type BaseHead = {
  /** To train it once on one core, for each row and class; an estimate. */
  seconds: number
  /** About what turns its scores into log odds. */
  weight: number
  fit(input: FitInput, context: FitContext): Head
  /** @param json what its `toJSON` gave */
  fromJSON(json: SavedHead): Head
}
