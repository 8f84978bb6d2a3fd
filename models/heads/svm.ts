import type { GraphBuilder } from '../backbones/graph.ts'
import { kernels, type Matrix } from '../kernels/kernels.ts'
import { packFloats, unpackFloats } from '../numbers/pack.ts'
import { product, transpose } from '../numbers/product.ts'
import type { SavedSvm } from '../saved-format.ts'
import type { Unwhitened } from '../whitening/whitening.ts'
import type { FitInput } from './head.ts'

/** Cost of an error. On features of mean square norm 1 a fixed one is as good as a search; less costs accuracy at one picture a label. */
const C = 2
const TOLERANCE = 0.05

/** Linear SVM, one-vs-rest, L2 loss, by dual coordinate descent (Hsieh et al. 2008), on whitened features. */
export class SvmHead {
  private readonly weights: Matrix
  private readonly bias: Float32Array

  private constructor(weights: Matrix, bias: Float32Array) {
    this.weights = weights
    this.bias = bias
  }

  /** Imbalance: a row of class c costs C * mean(n) / n_c, times its weight. */
  static fit({ z: x, y, classes, weights, seed }: FitInput, c = C): SvmHead {
    const counts = new Float64Array(classes)
    let all = 0
    for (const [r, c] of y.entries()) {
      counts[c]! += weights[r]!
      all += weights[r]!
    }
    const cost = Float32Array.from(y, (label, r) => (c * weights[r]! * all) / classes / counts[label]!)
    const task = { x, y, classes, cost, tolerance: TOLERANCE, maxSweeps: 1000, seed }
    const solved = kernels().trainSvm(task)
    return new SvmHead(solved.weights, solved.bias)
  }

  /** Learned from rows that are only centred, for whitened ones: where things differ as their pictures do, whitening takes away what tells them apart. */
  static fitUnwhitened(lesson: FitInput, { rows, rebase }: Unwhitened): SvmHead {
    const { weights, bias } = SvmHead.fit({ ...lesson, z: rows })
    return new SvmHead(rebase(weights), bias)
  }

  /** Margins, n x classes: above 0 is the class's side. */
  decisionScores(x: Matrix): Matrix {
    const margins = product(x, this.weights)
    for (let i = 0; i < margins.data.length; i++) margins.data[i]! += this.bias[i % margins.columns]!
    return margins
  }

  toOnnx(graph: GraphBuilder, x: string): string {
    const { rows, columns } = this.weights
    const margins = graph.add('MatMul', [x, graph.constant([columns, rows], transpose(this.weights))])
    return graph.add('Add', [margins, graph.constant([rows], this.bias)])
  }

  toJSON(): SavedSvm {
    const { rows: classes, columns, data } = this.weights
    return { format: 1, classes, columns, weights: packFloats(data), bias: packFloats(this.bias) }
  }

  static fromJSON({ classes, columns, weights, bias }: SavedSvm): SvmHead {
    return new SvmHead({ data: unpackFloats(weights), rows: classes, columns }, unpackFloats(bias))
  }
}
