import type { GraphBuilder } from './backbones/graph.ts'
import { type OpenSetCurve, openSetEvidence, openSetScore, openSetToOnnx } from './evaluation/open-set.ts'
import { ClassMeansHead } from './heads/class-means.ts'
import { Ensemble } from './heads/ensemble.ts'
import type { Matrix } from './kernels/kernels.ts'
import { normalise } from './numbers/features.ts'
import { unitRows } from './numbers/product.ts'
import type { SavedClassifier } from './saved.ts'
import { Whitening } from './whitening/whitening.ts'

/** What toJSON writes (saved.ts). A program reads its own format only. */
export const FORMAT = 4

/** `known`: probability of being one of the labels at all; `isKnown`: it is at least as likely as not. */
type Classification = { probabilities: Float32Array; openSetScore: number; isKnown: boolean }

type Parts = {
  labels: string[]
  whitening: Whitening
  pool: Ensemble
  means: ClassMeansHead
  unknown: OpenSetCurve
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
  classify(features: Float32Array): Classification {
    const { whitening, pool, means, unknown } = this.parts
    const z = whitening.apply(normalise([features]))
    const known = openSetScore(unknown, openSetEvidence(means.decisionScores(z))[0]!)
    return { probabilities: pool.predictProba(z).data, openSetScore: known, isKnown: known >= 0.5 }
  }

  /** n feature vectors as it looks at them: whitened, of length 1. Their product is how alike two pictures are, -1 to 1. */
  transform(features: Float32Array[]): Matrix {
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
    openSetToOnnx(graph, unknown, means.toOnnx(graph, z), labels.length)
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
    const means = ClassMeansHead.fromJSON(m)
    return new Classifier({
      labels,
      whitening: Whitening.fromJSON(whitening),
      pool: Ensemble.fromJSON(pool, means),
      means,
      unknown,
    })
  }
}
