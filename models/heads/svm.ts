import { z } from 'zod'
import type { GraphBuilder } from '../backbones/onnx.ts'
import { padded } from '../features.ts'
import { kernels, type Matrix } from '../kernels/kernels.ts'
import { packFloats, unpackFloats } from '../pack.ts'
import { product, transpose } from './product.ts'

const Json = z.object({
  format: z.literal(1),
  classes: z.int().min(2),
  columns: z.int(),
  weights: z.base64(),
  bias: z.base64(),
})

/** Cost of an error. On whitened features of mean square norm 1 a fixed one is as good as a search. */
const C = 1

/** Linear SVM, one-vs-rest, L2 loss, by dual coordinate descent (Hsieh et al. 2008), on whitened features. */
export class SvmHead {
  private readonly weights: Matrix
  private readonly bias: Float32Array

  private constructor(weights: Matrix, bias: Float32Array) {
    this.weights = weights
    this.bias = bias
  }

  /** Imbalance: a row of class c costs C * mean(n) / n_c. */
  static fit(x: Matrix, y: Uint32Array, classes: number, seed = 1): SvmHead {
    const d = x.columns
    const columns = padded(d + 1)
    const data = new Float32Array(x.rows * columns)
    for (let r = 0; r < x.rows; r++) {
      data.set(x.data.subarray(r * d, (r + 1) * d), r * columns)
      data[r * columns + d] = 1
    }
    const counts = new Float32Array(classes)
    for (const c of y) counts[c]! += 1
    const cost = Float32Array.from(y, (c) => (C * x.rows) / classes / counts[c]!)
    const rows = { data, rows: x.rows, columns }
    const solved = kernels().trainSvm({ x: rows, y, classes, cost, tolerance: 0.1, maxSweeps: 1000, seed }).weights
    const weights = new Float32Array(classes * d)
    const bias = new Float32Array(classes)
    for (let c = 0; c < classes; c++) {
      weights.set(solved.data.subarray(c * columns, c * columns + d), c * d)
      bias[c] = solved.data[c * columns + d]!
    }
    return new SvmHead({ data: weights, rows: classes, columns: d }, bias)
  }

  /** Margins, n x classes: above 0 is the class's side. */
  scores(x: Matrix): Matrix {
    const margins = product(x, this.weights)
    for (let i = 0; i < margins.data.length; i++) margins.data[i]! += this.bias[i % margins.columns]!
    return margins
  }

  toOnnx(graph: GraphBuilder, x: string): string {
    const { rows, columns } = this.weights
    const margins = graph.add('MatMul', [x, graph.constant([columns, rows], transpose(this.weights))])
    return graph.add('Add', [margins, graph.constant([rows], this.bias)])
  }

  toJSON(): z.infer<typeof Json> {
    const { rows: classes, columns, data } = this.weights
    return { format: 1, classes, columns, weights: packFloats(data), bias: packFloats(this.bias) }
  }

  static fromJSON(json: unknown): SvmHead {
    const { classes, columns, weights, bias } = Json.parse(json)
    return new SvmHead({ data: unpackFloats(weights), rows: classes, columns }, unpackFloats(bias))
  }
}
