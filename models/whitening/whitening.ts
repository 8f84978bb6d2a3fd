import type { GraphBuilder } from '../backbones/graph.ts'
import { kernels, type Matrix } from '../kernels/kernels.ts'
import { plainKernels } from '../kernels/plain.ts'
import { discard } from '../numbers/discard.ts'
import { type Centring, centre } from '../numbers/features.ts'
import { packFloats, packTriangle, unpackFloats, unpackTriangle } from '../numbers/pack.ts'
import { inParts, meanOfRows, type Rows, squareOfRow, takeRows } from '../numbers/rows.ts'
import {
  addTimes,
  diagonal,
  emptyTriangle,
  symmetricMatrix,
  type Triangle,
  upperMatrix,
  upperOf,
} from '../numbers/triangle.ts'
import type { SavedWhitening } from '../saved-format.ts'
import type { Covariance } from './within-class.ts'

/** Degrees of freedom that the prior of a backbone counts for. */
const PRIOR_DEGREES = 100
export const priorCovariance = (moment: Triangle): Covariance => ({
  terms: [{ moment, times: 1 }],
  degrees: PRIOR_DEGREES,
})
/** Share of the identity. */
const IDENTITY = 0.05

/** Rows that were not whitened, and how to bring what is learned of them to whitened ones. */
export type Unwhitened = { rows: Rows; rebase(weights: Matrix): Matrix }

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
   * @param inside the rows of x to whiten @param covariances how pictures of one thing differ; each counts as much as its degrees; their
   * own matrices are freed
   * @param z where they are written, inside.length x d
   * @param kept whether it will be written: then it is rounded first, so that it is the same to the bit when it is read
   */
  static fit(x: Rows, inside: number[], covariances: Covariance[], z: Rows, kept = true): Whitening {
    const d = x.columns
    const sum = emptyTriangle(d)
    // Each at trace 1, so that together they have the sum of their degrees.
    const parts = covariances.map((c) => ({ ...c, trace: traceOf(c) })).filter((c) => c.trace > LEAST_TRACE)
    const degrees = parts.reduce((sum, p) => sum + p.degrees, 0)
    const share = degrees > 0 ? 1 - IDENTITY : 0
    for (const { terms, degrees: some, trace } of parts)
      for (const { moment, times } of terms) addTimes(sum, moment, (times * share * d * some) / degrees / trace)
    for (const i of diagonal(sum)) sum.upper[i]! += 1 - share
    const s = symmetricMatrix(sum)
    discard(sum.upper, ...covariances.flatMap((c) => c.terms.filter((t) => t.own).map((t) => t.moment.upper)))
    const whitener = kernels().whitener(s)
    if (!whitener) throw new Error('Expected a positive definite covariance')
    discard(s.data)
    const factor = kept ? rounded(whitener) : whitener
    const mean = meanOfRows(x, inside)
    writeRows(x, inside, mean, (rows) => multiply(rows, factor), z)
    return new Whitening({ mean, scale: toUnitScale(z) }, factor)
  }

  /**
   * The rows of x only centred and scaled, written over the whitened ones; `rebase` turns weights on those (m x d) into weights that give
   * whitened rows the same products.
   */
  unwhiten(x: Rows, inside: number[], z: Rows): Unwhitened {
    writeRows(x, inside, this.centring.mean, (rows) => rows, z)
    const scale = toUnitScale(z)
    const times = scale / this.centring.scale
    return {
      rows: z,
      rebase: (w) => kernels().solveUpper(this.factor, { ...w, data: w.data.map((v) => times * v) }),
    }
  }

  /** Frees it, where it is of a fold. */
  discard(): void {
    discard(this.factor.data)
  }

  apply(x: Matrix): Matrix {
    const centred = centre(x, this.centring)
    const z = multiply(centred, this.factor)
    discard(centred.data)
    return z
  }

  /** The same as an ONNX graph: n x d normalised features, unpadded, to n x columns. */
  toOnnx(graph: GraphBuilder, features: string, d: number): string {
    const { columns, data } = this.factor
    const { mean, scale } = this.centring
    const centred = graph.add('Sub', [features, graph.constant([d], mean.subarray(0, d))])
    const scaled = graph.add('Mul', [centred, graph.constant([1], [scale])])
    return graph.add('MatMul', [scaled, graph.constant([d, columns], data.subarray(0, d * columns))])
  }

  toJSON(): SavedWhitening {
    const { mean, scale } = this.centring
    const factor = Buffer.from(packTriangle(upperOf(this.factor))).toString('base64')
    return { columns: this.factor.columns, mean: packFloats(mean), scale, factor }
  }

  static fromJSON({ columns, mean, scale, factor }: SavedWhitening): Whitening {
    const upper = unpackTriangle(Buffer.from(factor, 'base64'), columns)
    return new Whitening({ mean: unpackFloats(mean), scale }, upperMatrix(upper))
  }
}

/** The SIMD module copies the factor at each call, which pays from a few rows up. */
const multiply = (x: Matrix, factor: Matrix): Matrix => (x.rows < 8 ? plainKernels : kernels()).multiplyUpper(x, factor)

function writeRows(x: Rows, inside: number[], mean: Float32Array, as: (rows: Matrix) => Matrix, z: Rows): void {
  for (const { part, start } of inParts(inside, x.columns)) {
    const rows = takeRows(x, part, mean)
    const written = as(rows)
    kernels().pack(written, z, start)
    discard(rows.data, written.data)
  }
}

/** Of normalised rows, what is a difference and no rounding. */
const LEAST_TRACE = 1e-5
/** Of a mean square norm, what rounding leaves where all rows are the same. */
const NOTHING = 1e-9

/** Makes the mean square norm 1. @returns what all was multiplied by */
function toUnitScale(z: Rows): number {
  let square = 0
  for (let r = 0; r < z.rows; r++) square += squareOfRow(z, r)
  const scale = square > NOTHING * z.rows ? Math.sqrt(z.rows / square) : 1
  for (let r = 0; r < z.rows; r++) z.scales[r]! *= scale
  return scale
}

function traceOf({ terms }: Covariance): number {
  let sum = 0
  for (const { moment, times } of terms) for (const i of diagonal(moment)) sum += times * moment.upper[i]!
  return sum
}

/** As it will be read. */
function rounded(factor: Matrix): Matrix {
  const upper = upperOf(factor)
  const read = unpackTriangle(packTriangle(upper), factor.columns)
  const made = upperMatrix(read)
  discard(factor.data, upper.upper, read.upper)
  return made
}
