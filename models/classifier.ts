import type { GraphBuilder } from './backbones/graph.ts'
import { evidenceOf, knownness, type UnknownCurve, unknownToOnnx } from './evaluation/open-set.ts'
import { MeansHead } from './heads/class-means.ts'
import { Pool } from './heads/ensemble.ts'
import type { Matrix } from './kernels/kernels.ts'
import { normalise } from './numbers/features.ts'
import { unitRows } from './numbers/product.ts'
import type { SavedClassifier } from './saved.ts'
import { Whitening } from './whitening/whitening.ts'

/** What toJSON writes (saved.ts). A program reads its own format only. */
export const FORMAT = 4

/** `known`: probability of being one of the labels at all; `isKnown`: it is at least as likely as not. */
type Opinion = { probabilities: Float32Array; known: number; isKnown: boolean }

type Parts = {
  labels: string[]
  whitening: Whitening
  pool: Pool
  means: MeansHead
  unknown: UnknownCurve
}

/** Whitening, trained heads, and the class means that tell known from unknown. */
export class Classifier {
  private readonly parts: Parts

  constructor(parts: Parts) {
    this.parts = parts
  }

  get labels(): string[] {
    return this.parts.labels
  }

  /** n feature vectors, d values each, of the backbone that it was trained on; n x labels, rows add up to 1. */
  predictProba(features: Float32Array[]): Matrix {
    const { whitening, pool } = this.parts
    return pool.predictProba(whitening.apply(normalise(features)))
  }

  /** @param features d values of the backbone that it was trained on */
  ask(features: Float32Array): Opinion {
    const { whitening, pool, means, unknown } = this.parts
    const z = whitening.apply(normalise([features]))
    const known = knownness(unknown, evidenceOf(means.scores(z))[0]!)
    return { probabilities: pool.predictProba(z).data, known, isKnown: known >= 0.5 }
  }

  /** n feature vectors as it looks at them: whitened, of length 1. Their product is how alike two pictures are, -1 to 1. */
  embed(features: Float32Array[]): Matrix {
    return unitRows(this.parts.whitening.apply(normalise(features)))
  }

  /** The same as operations of an ONNX graph, from n x d features. Outputs: `probabilities` n x labels, `known` n x 1. */
  toOnnx(graph: GraphBuilder, features: string, d: number): void {
    const { whitening, pool, means, unknown, labels } = this.parts
    const size = graph.add('Abs', [features])
    const total = graph.add('MatMul', [size, graph.constant([d, 1], new Float32Array(d).fill(1))])
    const share = graph.add('Div', [size, graph.add('Add', [total, graph.constant([1], [1e-12])])])
    const normalised = graph.add('Mul', [graph.add('Sqrt', [share]), graph.add('Sign', [features])])
    const z = whitening.toOnnx(graph, normalised, d)

    pool.toOnnx(graph, z, 'probabilities')
    unknownToOnnx(graph, unknown, means.toOnnx(graph, z), labels.length)
  }

  toJSON(): SavedClassifier {
    const { labels, whitening, pool, means, unknown } = this.parts
    return {
      format: FORMAT,
      labels,
      whitening: whitening.toJSON(),
      pool: pool.toJSON(means),
      means: means.toJSON(),
      unknown,
    }
  }

  /** What `readClassifier` has checked. */
  static fromJSON({ labels, whitening, pool, means: m, unknown }: SavedClassifier): Classifier {
    const means = MeansHead.fromJSON(m)
    return new Classifier({
      labels,
      whitening: Whitening.fromJSON(whitening),
      pool: Pool.fromJSON(pool, means),
      means,
      unknown,
    })
  }
}
