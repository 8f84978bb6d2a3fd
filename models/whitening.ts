import { z } from 'zod'
import type { GraphBuilder } from './backbones/onnx.ts'
import { type Centring, centre, centringOf } from './features.ts'
import { kernels, type Matrix } from './kernels/kernels.ts'
import { plainKernels } from './kernels/plain.ts'
import { packFloats, packTriangle, unpackFloats, unpackTriangle } from './pack.ts'
import type { Covariance } from './within.ts'

/** Degrees of freedom that the prior of a backbone counts for. */
export const PRIOR_DEGREES = 100
/** Share of the identity. */
const IDENTITY = 0.15

const Json = z.object({ columns: z.int().positive(), mean: z.base64(), scale: z.number(), factor: z.base64() })

/**
 * Makes what differs within a label small, and leaves what differs between labels: z = (x - mean) * scale * factor,
 * with a within-class covariance that is shrunk towards a prior and the identity.
 */
export class Whitening {
  private readonly centring: Centring
  private readonly factor: Matrix

  private constructor(centring: Centring, factor: Matrix) {
    this.centring = centring
    this.factor = factor
  }

  /**
   * @param x n x d normalised features @param covariances how pictures of one thing differ; each counts as much as its degrees
   * @param kept whether it will be written: then it is rounded first, so that it is the same to the bit when it is read
   */
  static fit(x: Matrix, covariances: Covariance[], kept = true): { whitening: Whitening; z: Matrix } {
    const d = x.columns
    const s = new Float32Array(d * d)
    // Each at trace 1, so that together they have the sum of their degrees.
    const parts = covariances.filter(({ matrix }) => traceOf(matrix) > 0)
    const degrees = parts.reduce((sum, p) => sum + p.degrees, 0)
    const share = degrees > 0 ? 1 - IDENTITY : 0
    for (const { matrix, degrees: own } of parts)
      addTimes(s, matrix.data, (share * d * own) / degrees / traceOf(matrix))
    for (let i = 0; i < d; i++) s[i * d + i]! += 1 - share
    const whitener = kernels().whitener({ data: s, rows: d, columns: d })
    if (!whitener) throw new Error('Expected a positive definite covariance')
    const factor = kept ? unpackTriangle(packTriangle(whitener), d) : whitener
    const { mean } = centringOf(x)
    const z = multiply(centre(x, { mean, scale: 1 }), factor)
    const { scale } = centringOf(z)
    for (let i = 0; i < z.data.length; i++) z.data[i]! *= scale
    return { whitening: new Whitening({ mean, scale }, factor), z }
  }

  apply(x: Matrix): Matrix {
    return multiply(centre(x, this.centring), this.factor)
  }

  /** The same as an ONNX graph: n x d normalised features, unpadded, to n x columns. */
  toOnnx(graph: GraphBuilder, features: string, d: number): string {
    const { columns, data } = this.factor
    const { mean, scale } = this.centring
    const centred = graph.add('Sub', [features, graph.constant([d], mean.subarray(0, d))])
    const scaled = graph.add('Mul', [centred, graph.constant([1], [scale])])
    return graph.add('MatMul', [scaled, graph.constant([d, columns], data.subarray(0, d * columns))])
  }

  toJSON(): z.infer<typeof Json> {
    const { mean, scale } = this.centring
    const factor = Buffer.from(packTriangle(this.factor)).toString('base64')
    return { columns: this.factor.columns, mean: packFloats(mean), scale, factor }
  }

  static fromJSON(json: unknown): Whitening {
    const { columns, mean, scale, factor } = Json.parse(json)
    return new Whitening({ mean: unpackFloats(mean), scale }, unpackTriangle(Buffer.from(factor, 'base64'), columns))
  }
}

/** The SIMD module copies the factor at each call, which pays from a few rows up. */
const multiply = (x: Matrix, factor: Matrix): Matrix => (x.rows < 8 ? plainKernels : kernels()).multiplyUpper(x, factor)

function traceOf({ data, columns: d }: Matrix): number {
  let sum = 0
  for (let i = 0; i < d; i++) sum += data[i * d + i]!
  return sum
}

function addTimes(s: Float32Array, m: Float32Array, weight: number): void {
  for (let i = 0; i < s.length; i++) s[i]! += weight * m[i]!
}
