import { z } from 'zod'
import { type Centring, centre, centringOf, padded } from '../features.ts'
import { kernels, type Matrix } from '../kernels/kernels.ts'

const Json = z.object({
  format: z.literal(1),
  classes: z.int().min(2),
  columns: z.int(),
  mean: z.base64(),
  scale: z.number(),
  weights: z.base64(),
  bias: z.base64(),
})

/** Cost of an error. A fixed one is as good as a search, within 1.5 points, from one example a label up. */
const C = 3

/** Linear SVM, one-vs-rest, L2 loss (Hsieh et al. 2008), on centred square-root L2 features. */
export class SvmHead {
  readonly classes: number
  private readonly centring: Centring
  private readonly weights: Matrix
  private readonly bias: Float32Array

  private constructor(centring: Centring, weights: Matrix, bias: Float32Array) {
    this.classes = weights.rows
    this.centring = centring
    this.weights = weights
    this.bias = bias
  }

  /**
   * @param x n x d normalised features @param y class of each row, 0 to classes - 1, each at least once
   * Imbalance: a row of class c costs C * mean(n) / n_c. The same seed gives the same machine.
   */
  static fit(x: Matrix, y: Uint32Array, classes: number, seed = 1): SvmHead {
    const centring = centringOf(x)
    const centred = centre(x, centring)
    const d = x.columns
    const columns = padded(d + 1)
    const data = new Float32Array(x.rows * columns)
    for (let r = 0; r < x.rows; r++) {
      data.set(centred.data.subarray(r * d, (r + 1) * d), r * columns)
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
    return new SvmHead(centring, { data: weights, rows: classes, columns: d }, bias)
  }

  /** Margins, n x classes: above 0 is the class's side. */
  scores(x: Matrix): Matrix {
    const z = centre(x, this.centring)
    const out = new Float32Array(x.rows * this.classes)
    for (let r = 0; r < x.rows; r++)
      for (let c = 0; c < this.classes; c++) {
        let sum = this.bias[c]!
        for (let i = 0; i < x.columns; i++) sum += z.data[r * x.columns + i]! * this.weights.data[c * x.columns + i]!
        out[r * this.classes + c] = sum
      }
    return { data: out, rows: x.rows, columns: this.classes }
  }

  toJSON(): z.infer<typeof Json> {
    const { mean, scale } = this.centring
    const { rows: classes, columns, data } = this.weights
    return { format: 1, classes, columns, mean: pack(mean), scale, weights: pack(data), bias: pack(this.bias) }
  }

  /** Throws a ZodError where the form is not one that this program writes. */
  static fromJSON(json: unknown): SvmHead {
    const { classes, columns, mean, scale, weights, bias } = Json.parse(json)
    return new SvmHead({ mean: unpack(mean), scale }, { data: unpack(weights), rows: classes, columns }, unpack(bias))
  }
}

const pack = (v: Float32Array): string => Buffer.from(v.buffer, v.byteOffset, v.byteLength).toString('base64')
const unpack = (s: string): Float32Array => new Float32Array(new Uint8Array(Buffer.from(s, 'base64')).buffer)
