import { dotProducts } from '../kernels/dot-products.ts'
import { kernels } from '../kernels/kernels.ts'
import { decodeFloats, encodeFloats } from '../numbers/base64.ts'
import { type Matrix, transpose } from '../numbers/matrix.ts'
import type { GraphBuilder } from '../onnx/graph-builder.ts'
import type { SavedSvm } from '../saved-format.ts'
import type { Unwhitened } from '../whitening/whitening.ts'
import type { FitInput } from './head.ts'

/**
 * Cost of an error, C. On features of mean square norm 1 a fixed one is as good as a search; a smaller one costs accuracy at one picture a
 * label.
 */
const COST = 2
/** Largest difference of projected gradients at which a class counts as trained; a larger one lets the order of the rows show. */
const TOLERANCE = 0.05
const MAX_SWEEPS = 1000

/** Linear SVM, one class against the rest, L2 loss, by dual coordinate descent (Hsieh et al. 2008). */
export class SvmHead {
  private readonly weights: Matrix
  private readonly bias: Float32Array

  private constructor(weights: Matrix, bias: Float32Array) {
    this.weights = weights
    this.bias = bias
  }

  /** Rare classes cost as much as frequent ones: a row of class c costs `cost` times its weight times mean(n) / n_c. */
  static fit({ z, y, classes, weights, seed }: FitInput, cost = COST): SvmHead {
    const counts = new Float64Array(classes)
    let all = 0
    for (const [r, c] of y.entries()) {
      counts[c]! += weights[r]!
      all += weights[r]!
    }
    const costs = Float32Array.from(y, (label, r) => (cost * weights[r]! * all) / classes / counts[label]!)
    const problem = { x: z, y, classes, cost: costs, tolerance: TOLERANCE, maxSweeps: MAX_SWEEPS, seed }
    const solved = kernels().trainSvm(problem)
    return new SvmHead(solved.weights, solved.bias)
  }

  /**
   * Trained on rows that are only centred, for whitened ones. Where labels differ in the same way as pictures of one label do, whitening
   * takes away what tells them apart.
   */
  static fitUnwhitened(input: FitInput, { rows, rebase }: Unwhitened): SvmHead {
    const { weights, bias } = SvmHead.fit({ ...input, z: rows })
    return new SvmHead(rebase(weights), bias)
  }

  /** @param z n x d @returns n x classes margins: above 0 is the side of the class */
  decisionScores(z: Matrix): Matrix {
    const margins = dotProducts(z, this.weights)
    for (let i = 0; i < margins.data.length; i++) margins.data[i]! += this.bias[i % margins.columns]!
    return margins
  }

  toOnnx(graph: GraphBuilder, z: string): string {
    const { rows, columns } = this.weights
    const margins = graph.add('MatMul', [z, graph.constant([columns, rows], transpose(this.weights))])
    return graph.add('Add', [margins, graph.constant([rows], this.bias)])
  }

  toJSON(): SavedSvm {
    const { rows: classes, columns, data } = this.weights
    return { format: 1, classes, columns, weights: encodeFloats(data), bias: encodeFloats(this.bias) }
  }

  static fromJSON({ classes, columns, weights, bias }: SavedSvm): SvmHead {
    return new SvmHead({ data: decodeFloats(weights), rows: classes, columns }, decodeFloats(bias))
  }
}
