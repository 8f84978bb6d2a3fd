import { dotProducts } from '../kernels/dot-products.ts'
import { decodeFloats, encodeFloats } from '../numbers/base64.ts'
import { type Matrix, transpose, unitRows } from '../numbers/matrix.ts'
import { classMeans } from '../numbers/rows.ts'
import type { GraphBuilder } from '../onnx/graph-builder.ts'
import type { SavedMeans } from '../saved-format.ts'
import type { FitInput } from './head.ts'

/** Nearest class mean by cosine, on whitened features: linear discriminant analysis in all but the norm. */
export class ClassMeansHead {
  private readonly means: Matrix

  private constructor(means: Matrix) {
    this.means = means
  }

  /** The class means at length 1, classes x d. */
  get unitMeans(): Matrix {
    return this.means
  }

  /** @param only rows to average; all unless given */
  static fit({ z, y, classes, weights }: Omit<FitInput, 'seed'>, only: Iterable<number> = y.keys()): ClassMeansHead {
    return new ClassMeansHead(unitRows(classMeans(z, y, classes, { weights, only }).means))
  }

  /** @param z n x d @returns n x classes cosines, -1 to 1 */
  decisionScores(z: Matrix): Matrix {
    return dotProducts(z, this.means, true)
  }

  toOnnx(graph: GraphBuilder, z: string): string {
    const { rows, columns } = this.means
    const ones = new Float32Array(columns).fill(1)
    const square = graph.add('MatMul', [graph.add('Mul', [z, z]), graph.constant([columns, 1], ones)])
    const norm = graph.add('Sqrt', [graph.add('Add', [square, graph.constant([1], [TINY])])])
    return graph.add('MatMul', [graph.add('Div', [z, norm]), graph.constant([columns, rows], transpose(this.means))])
  }

  toJSON(): SavedMeans {
    const { rows: classes, columns, data } = this.means
    return { format: 1, classes, columns, means: encodeFloats(data) }
  }

  static fromJSON({ classes, columns, means }: SavedMeans): ClassMeansHead {
    return new ClassMeansHead({ data: decodeFloats(means), rows: classes, columns })
  }
}

/** Keeps a zero vector from dividing by zero. */
const TINY = 1e-12
