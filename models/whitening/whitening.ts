import { kernelsFor } from '../kernels/dot-products.ts'
import { kernels } from '../kernels/kernels.ts'
import { decodeFloats, encodeFloats } from '../numbers/base64.ts'
import { type Centring, centre } from '../numbers/features.ts'
import { decodeTriangle, encodeTriangle } from '../numbers/half-precision.ts'
import type { Matrix } from '../numbers/matrix.ts'
import { freeArrays } from '../numbers/memory.ts'
import { inParts, meanOfRows, type Rows, takeRows } from '../numbers/rows.ts'
import { upperTriangleOf, upperTriangularMatrix } from '../numbers/triangle.ts'
import type { GraphBuilder } from '../onnx/graph-builder.ts'
import type { SavedWhitening } from '../saved-format.ts'
import type { Covariance } from './covariance.ts'
import { pooledCovariance } from './pooled-covariance.ts'
import { scaleToUnitNorm } from './unit-norm.ts'

type FitOptions = {
  /** All rows, n x d. */
  x: Rows
  /** Indices of the rows to whiten. */
  inside: number[]
  /** Each counts as much as its degrees of freedom. Their temporary moments are freed. */
  covariances: Covariance[]
  /** Where the whitened rows are written, inside.length x d. */
  z: Rows
  /** Whether it will be saved (default): then it is rounded first, so that it is the same to the bit when it is read. */
  saved?: boolean
}

/** Rows that are only centred and scaled, and what turns weights on them (m x d) into weights on whitened rows with the same products. */
export type Unwhitened = { rows: Rows; rebase(weights: Matrix): Matrix }

/**
 * Whitening by a within-class covariance (as in linear discriminant analysis): z = (x - mean) * scale * factor makes what differs within a label
 * small, and leaves what differs between labels. The covariance is shrunk towards a prior and the identity.
 */
export class Whitening {
  private readonly centring: Centring
  /** Upper triangular, d x d. */
  private readonly factor: Matrix

  /** Values of a row, padded. */
  get columns(): number {
    return this.factor.columns
  }

  private constructor(centring: Centring, factor: Matrix) {
    this.centring = centring
    this.factor = factor
  }

  /** Fits it on rows of x, and writes those rows, whitened and at mean square norm 1, to z. */
  static fit({ x, inside, covariances, z, saved = true }: FitOptions): Whitening {
    const covariance = pooledCovariance(covariances, x.columns)
    const whitener = kernels().whitener(covariance)
    if (!whitener) throw new Error('Expected a positive definite covariance')
    freeArrays(covariance.data)
    const factor = saved ? roundToSaved(whitener) : whitener
    const mean = meanOfRows(x, inside)
    writeRows({ x, inside, z, mean }, (rows) => multiplyUpper(rows, factor))
    return new Whitening({ mean, scale: scaleToUnitNorm(z) }, factor)
  }

  /** Writes the rows that it was fitted on, only centred and scaled, over the whitened ones in z. */
  unwhiten(x: Rows, inside: number[], z: Rows): Unwhitened {
    writeRows({ x, inside, z, mean: this.centring.mean }, (rows) => rows)
    const ratio = scaleToUnitNorm(z) / this.centring.scale
    return {
      rows: z,
      rebase: (w) => kernels().solveUpper(this.factor, { ...w, data: w.data.map((v) => ratio * v) }),
    }
  }

  /** Frees its memory; it cannot be used anymore. */
  free(): void {
    freeArrays(this.factor.data)
  }

  /** @param x n x d normalized features, padded @returns n x d */
  apply(x: Matrix): Matrix {
    const centred = centre(x, this.centring)
    const z = multiplyUpper(centred, this.factor)
    freeArrays(centred.data)
    return z
  }

  /** The same as an ONNX graph. @param features name of n x d normalized features, not padded @returns the name of n x columns */
  toOnnx(graph: GraphBuilder, features: string, d: number): string {
    const { columns, data } = this.factor
    const { mean, scale } = this.centring
    const centred = graph.add('Sub', [features, graph.constant([d], mean.subarray(0, d))])
    const scaled = graph.add('Mul', [centred, graph.constant([1], [scale])])
    return graph.add('MatMul', [scaled, graph.constant([d, columns], data.subarray(0, d * columns))])
  }

  toJSON(): SavedWhitening {
    const { mean, scale } = this.centring
    const factor = Buffer.from(encodeTriangle(upperTriangleOf(this.factor))).toString('base64')
    return { columns: this.factor.columns, mean: encodeFloats(mean), scale, factor }
  }

  static fromJSON({ columns, mean, scale, factor }: SavedWhitening): Whitening {
    const upper = decodeTriangle(Buffer.from(factor, 'base64'), columns)
    return new Whitening({ mean: decodeFloats(mean), scale }, upperTriangularMatrix(upper))
  }
}

const multiplyUpper = (x: Matrix, factor: Matrix): Matrix => kernelsFor(x.rows).multiplyUpper(x, factor)

type Written = { x: Rows; inside: number[]; z: Rows; mean: Float32Array }

/** Writes rows of x less the mean, transformed, to z. */
function writeRows({ x, inside, z, mean }: Written, transform: (rows: Matrix) => Matrix): void {
  for (const { part, start } of inParts(inside, x.columns)) {
    const rows = takeRows(x, part, mean)
    const transformed = transform(rows)
    kernels().pack(transformed, z, start)
    freeArrays(rows.data, transformed.data)
  }
}

/** As it will be when it is read. */
function roundToSaved(factor: Matrix): Matrix {
  const upper = upperTriangleOf(factor)
  const read = decodeTriangle(encodeTriangle(upper), factor.columns)
  const rounded = upperTriangularMatrix(read)
  freeArrays(factor.data, upper.upper, read.upper)
  return rounded
}
