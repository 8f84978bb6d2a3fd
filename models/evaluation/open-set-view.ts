import { dotProducts } from '../kernels/dot-products.ts'
import { decodeFloats, encodeFloats } from '../numbers/base64.ts'
import { type Matrix, squaredNorm, transpose, unitRows } from '../numbers/matrix.ts'
import type { GraphBuilder } from '../onnx/graph-builder.ts'
import type { SavedOpenSet } from '../saved-format.ts'
import { evidenceOf, type OpenSetEvidence } from './open-set-evidence.ts'
import { centreWeights, type OpenSetPoints, weighPoints } from './open-set-points.ts'

/** Keeps a zero vector from dividing by zero. */
const TINY = 1e-12

/** Class means as seen from a point: cosines are measured there. */
class Viewpoint {
  private readonly from: Float32Array
  private readonly directions: Matrix

  /** @param directions of the class means, classes x d, of length 1 */
  constructor(directions: Matrix, from: Float32Array) {
    this.directions = directions
    this.from = from
  }

  /** @param z n x d @returns n x classes, -1 to 1 */
  cosines(z: Matrix): Matrix {
    return dotProducts(less(z, this.from), this.directions, true)
  }

  /** @param z name of the n x d input @returns the name of n x classes cosines */
  toOnnx(graph: GraphBuilder, z: string): string {
    const { rows, columns } = this.directions
    const moved = graph.add('Sub', [z, graph.constant([columns], this.from)])
    const ones = graph.constant([columns, 1], new Float32Array(columns).fill(1))
    const square = graph.add('MatMul', [graph.add('Mul', [moved, moved]), ones])
    const norm = graph.add('Sqrt', [graph.add('Add', [square, graph.constant([1], [TINY])])])
    const directions = graph.constant([columns, rows], transpose(this.directions))
    return graph.add('MatMul', [graph.add('Div', [moved, norm]), directions])
  }
}

function less({ data, rows, columns }: Matrix, vector: Float32Array): Matrix {
  const moved = data.slice()
  for (let r = 0; r < rows; r++) for (let i = 0; i < columns; i++) moved[r * columns + i]! -= vector[i]!
  return { data: moved, rows, columns }
}

/** How a trained classifier finds open-set evidence in whitened features. */
export class OpenSetView {
  private readonly saved: Saved
  private readonly near: Viewpoint
  private readonly far: Viewpoint | null

  private constructor(saved: Saved, near: Viewpoint, far: Viewpoint | null) {
    this.saved = saved
    this.near = near
    this.far = far
  }

  /** @param unitMeans classes x d: means of the same classes, of length 1 */
  static fit(all: OpenSetPoints, unitMeans: Matrix): OpenSetView {
    const { points, counts } = all
    const classes = counts.length
    const lengths = Float32Array.from(counts, (_, c) => Math.sqrt(squaredNorm(points, c)))
    const background = points.rows > classes ? points.data.slice(classes * points.columns) : null
    return OpenSetView.of({ lengths, centre: weighPoints(points, centreWeights(all)), background }, unitMeans)
  }

  private static of(saved: Saved, unitMeans: Matrix): OpenSetView {
    const { lengths, centre, background } = saved
    const { columns } = unitMeans
    const means = { ...unitMeans, data: unitMeans.data.map((v, i) => v * lengths[Math.floor(i / columns)]!) }
    const seeFrom = (point: Float32Array): Viewpoint => new Viewpoint(unitRows(less(means, point)), point)
    return new OpenSetView(saved, seeFrom(centre), background && unitMeans.rows > 1 ? seeFrom(background) : null)
  }

  /** @param z n x d whitened features @returns of each row */
  evidence(z: Matrix): OpenSetEvidence[] {
    const near = this.near.cosines(z)
    const far = this.far?.cosines(z)
    const { columns } = near
    const row = ({ data }: Matrix, r: number): Float32Array => data.subarray(r * columns, (r + 1) * columns)
    return Array.from({ length: z.rows }, (_, r) => evidenceOf(row(near, r), far ? row(far, r) : null))
  }

  /** Names of n x classes cosines: from the centre, and from the background where there is one. @param z name of the n x d input */
  toOnnx(graph: GraphBuilder, z: string): { near: string; far: string | null } {
    return { near: this.near.toOnnx(graph, z), far: this.far ? this.far.toOnnx(graph, z) : null }
  }

  toJSON(): SavedOpenSet {
    const { lengths, centre, background } = this.saved
    return {
      lengths: encodeFloats(lengths),
      centre: encodeFloats(centre),
      background: background && encodeFloats(background),
    }
  }

  /** @param saved undefined: of a version from before there was a background @param unitMeans as for `fit` */
  static fromJSON(saved: SavedOpenSet | undefined, unitMeans: Matrix): OpenSetView {
    if (saved) {
      const { lengths, centre, background } = saved
      const read = { lengths: decodeFloats(lengths), centre: decodeFloats(centre) }
      return OpenSetView.of({ ...read, background: background === null ? null : decodeFloats(background) }, unitMeans)
    }
    const centre = new Float32Array(unitMeans.columns)
    const lengths = new Float32Array(unitMeans.rows).fill(1)
    return new OpenSetView({ lengths, centre, background: null }, new Viewpoint(unitMeans, centre), null)
  }
}

/** Lengths of the class means, and the points that they are seen from. */
type Saved = { lengths: Float32Array; centre: Float32Array; background: Float32Array | null }
