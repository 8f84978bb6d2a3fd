import { type OpenSetCurve, openSetScore, openSetToOnnx } from './evaluation/open-set.ts'
import { OpenSetView } from './evaluation/open-set-view.ts'
import {
  type Caution,
  confidenceOf,
  EARLIER_REFUSALS,
  type Grade,
  gradeOf,
  type Refusals,
} from './evaluation/refusals.ts'
import { FORMAT } from './format.ts'
import { ClassMeansHead } from './heads/class-means.ts'
import { Ensemble } from './heads/ensemble.ts'
import { normalize } from './numbers/features.ts'
import { type Matrix, unitRows } from './numbers/matrix.ts'
import type { GraphBuilder } from './onnx/graph-builder.ts'
import type { SavedClassifier } from './saved-format.ts'
import { Whitening } from './whitening/whitening.ts'

/** The answer about one picture. */
export type Classification = {
  /** By label, 0 to 1; they add up to 1. Calibrated: of answers with a probability of .8, about 80 % are right. */
  probabilities: Float32Array
  /** Probability that the picture shows one of the labels at all, 0 to 1. */
  openSetScore: number
  /** sure: the label. unsure: probably the label. unknown: none of the labels. By what was asked for as caution. */
  grade: Grade
  /** Whether the grade is any but unknown. */
  isKnown: boolean
}

type Parts = {
  labels: string[]
  whitening: Whitening
  ensemble: Ensemble
  means: ClassMeansHead
  openSet: OpenSetCurve
  view: OpenSetView
  refusals: Refusals
}

/**
 * Answers with a label, and how sure it is. It never changes: `train` makes one, `readClassifier` reads one back. Features are vectors of
 * the backbone that it was trained on, d values each; other lengths give answers without meaning.
 */
export class Classifier {
  private readonly parts: Parts

  /** @internal `train` and `readClassifier` make classifiers. */
  constructor(parts: Parts) {
    this.parts = parts
  }

  /** Names of the labels, in the order of the columns of every answer. */
  get labels(): string[] {
    return this.parts.labels
  }

  /** Where its grades begin: with them, probabilities and the open-set score say how an answer is meant. */
  get refusals(): Refusals {
    return this.parts.refusals
  }

  /** @param features one or more vectors @returns n x labels probabilities, row by row; rows add up to 1 */
  predictProba(features: Float32Array[]): Matrix {
    const { whitening, ensemble } = this.parts
    return ensemble.predictProba(whitening.apply(normalize(features)))
  }

  /** Probabilities of one picture, and whether it shows any of the labels. @param caution how much is refused (`CAUTIONS`) */
  classify(features: Float32Array, caution: Caution = 'normal'): Classification {
    const { whitening, ensemble, view, openSet, refusals } = this.parts
    const z = whitening.apply(normalize([features]))
    const known = openSetScore(openSet, view.evidence(z)[0]!)
    const probabilities = ensemble.predictProba(z)
    const grade = gradeOf(refusals, { confidence: confidenceOf(probabilities, 0), known }, caution)
    return { probabilities: probabilities.data, openSetScore: known, grade, isKnown: grade !== 'unknown' }
  }

  /**
   * Features as the classifier compares them: whitened, of length 1. The product of two rows says how alike two pictures are, -1 to 1.
   * @returns one row a vector; columns are d, padded with zeros to a multiple of 8
   */
  transform(features: Float32Array[]): Matrix {
    return unitRows(this.parts.whitening.apply(normalize(features)))
  }

  /**
   * @internal
   * The same as operations of an ONNX graph, with the outputs `probabilities`, n x labels, and `known` (the open-set score), n x 1.
   * @param features name of the n x d input
   */
  toOnnx(graph: GraphBuilder, features: string, d: number): void {
    const { whitening, ensemble, view, openSet, labels } = this.parts
    // As `normalize`: each vector by its sum, then the square root.
    const size = graph.add('Abs', [features])
    const total = graph.add('MatMul', [size, graph.constant([d, 1], new Float32Array(d).fill(1))])
    const share = graph.add('Div', [size, graph.add('Add', [total, graph.constant([1], [TINY])])])
    const normalized = graph.add('Mul', [graph.add('Sqrt', [share]), graph.add('Sign', [features])])
    const z = whitening.toOnnx(graph, normalized, d)

    ensemble.toOnnx(graph, z, 'probabilities')
    openSetToOnnx(graph, openSet, view.toOnnx(graph, z), labels.length)
  }

  /** For `JSON.stringify`; `readClassifier` reads it back, and the answers are the same to the bit. */
  toJSON(): SavedClassifier {
    const { labels, whitening, ensemble, means, openSet, view, refusals } = this.parts
    return {
      format: FORMAT,
      labels,
      whitening: whitening.toJSON(),
      pool: ensemble.toJSON(means),
      means: means.toJSON(),
      unknown: openSet,
      openSet: view.toJSON(),
      refusals,
    }
  }

  /** @internal @param saved checked already: see `readClassifier` */
  static fromJSON(saved: SavedClassifier): Classifier {
    const means = ClassMeansHead.fromJSON(saved.means)
    return new Classifier({
      labels: saved.labels,
      whitening: Whitening.fromJSON(saved.whitening),
      ensemble: Ensemble.fromJSON(saved.pool, means),
      means,
      openSet: saved.unknown,
      view: OpenSetView.fromJSON(saved.openSet, means.unitMeans),
      refusals: saved.refusals ?? EARLIER_REFUSALS,
    })
  }
}

/** Keeps a zero vector from dividing by zero. */
const TINY = 1e-12
