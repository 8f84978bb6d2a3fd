import type { GraphBuilder } from '../backbones/graph.ts'
import type { Matrix } from '../kernels/kernels.ts'
import { packFloats, unpackFloats } from '../numbers/pack.ts'
import { product, transpose, unitRows } from '../numbers/product.ts'
import { classMeans } from '../numbers/rows.ts'
import type { SavedMeans } from '../saved-format.ts'
import type { FitInput } from './head.ts'

/** Nearest class mean by cosine, on whitened features: linear discriminant analysis in all but the norm. */
export class ClassMeansHead {
  private readonly means: Matrix

  private constructor(means: Matrix) {
    this.means = means
  }

  static fit({ z, y, classes, weights }: Omit<FitInput, 'seed'>, only: Iterable<number> = y.keys()): ClassMeansHead {
    return new ClassMeansHead(unitRows(classMeans(z, y, classes, { weights, only }).means))
  }

  /** Cosines in [-1, 1], n x classes. */
  decisionScores(x: Matrix): Matrix {
    return product(x, this.means, true)
  }

  toOnnx(graph: GraphBuilder, x: string): string {
    const { rows, columns } = this.means
    const square = graph.add('MatMul', [graph.add('Mul', [x, x]), graph.constant([columns, 1], ones(columns))])
    const norm = graph.add('Sqrt', [graph.add('Add', [square, graph.constant([1], [TINY])])])
    return graph.add('MatMul', [graph.add('Div', [x, norm]), graph.constant([columns, rows], transpose(this.means))])
  }

  toJSON(): SavedMeans {
    const { rows: classes, columns, data } = this.means
    return { format: 1, classes, columns, means: packFloats(data) }
  }

  static fromJSON({ classes, columns, means }: SavedMeans): ClassMeansHead {
    return new ClassMeansHead({ data: unpackFloats(means), rows: classes, columns })
  }
}

/** Keeps a zero vector from dividing by zero. */
const TINY = 1e-12
const ones = (n: number): Float32Array => new Float32Array(n).fill(1)
