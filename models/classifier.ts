import { BackboneClassifier } from './backbone-classifier.ts'
import { toProbability } from './evaluation/logistic.ts'
import { ALONE, type OpenSetPool, poolLogOdds } from './evaluation/open-set-pool.ts'
import {
  type Caution,
  confidenceOf,
  EARLIER_REFUSALS,
  type Grade,
  gradeOf,
  type Refusals,
} from './evaluation/refusals.ts'
import { FORMAT } from './format.ts'
import { softmax, weightedSum } from './heads/combine-scores.ts'
import { splitFeatures } from './numbers/features.ts'
import { joinColumns, type Matrix } from './numbers/matrix.ts'
import type { GraphBuilder } from './onnx/graph-builder.ts'
import type { EarlierSavedClassifier, SavedClassifier } from './saved-format.ts'

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
  /** By backbone, one or more. Their weights are in their log odds. */
  members: BackboneClassifier[]
  /** What the open-set log odds of several count together; those of one are taken as they are. */
  openSet: OpenSetPool
  refusals: Refusals
}

/**
 * Answers with a label, and how sure it is. It never changes: `train` makes one, `readClassifier` reads one back. Features are vectors of
 * the backbone that it was trained on, d values each; other lengths give answers without meaning. Where it was trained on several backbones,
 * a picture's vectors are joined (`joinFeatures`), in the order in which they were trained.
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
    return this.probabilities(this.whiten(features))
  }

  /** Probabilities of one picture, and whether it shows any of the labels. @param caution how much is refused (`CAUTIONS`) */
  classify(features: Float32Array, caution: Caution = 'normal'): Classification {
    const whitened = this.whiten([features])
    const { members, openSet, refusals } = this.parts
    const logOdds = members.map((member, m) => member.openSetLogOdds(whitened[m]!)[0]!)
    const known = toProbability(poolLogOdds(openSet, logOdds))
    const probabilities = this.probabilities(whitened)
    const grade = gradeOf(refusals, { confidence: confidenceOf(probabilities, 0), known }, caution)
    return { probabilities: probabilities.data, openSetScore: known, grade, isKnown: grade !== 'unknown' }
  }

  /**
   * Features as the classifier compares them: whitened, of length 1. The product of two rows says how alike two pictures are, -1 to 1.
   * @returns one row a vector; columns are d, padded with zeros to a multiple of 8
   */
  transform(features: Float32Array[]): Matrix {
    const { members } = this.parts
    const split = this.split(features)
    return joinColumns(
      members.map((member, m) => member.transform(split[m]!)),
      1 / Math.sqrt(members.length),
    )
  }

  /**
   * @internal
   * The same as operations of an ONNX graph, with the outputs `probabilities`, n x labels, and `known` (the open-set score), n x 1.
   * @param features by backbone, the name of the n x d input and its d
   */
  toOnnx(graph: GraphBuilder, features: { name: string; d: number }[]): void {
    const { members, openSet, labels } = this.parts
    const outputs = members.map((member, m) => member.toOnnx(graph, features[m]!.name, features[m]!.d, labels.length))
    const sum = (names: string[]): string => (names.length === 1 ? names[0]! : graph.add('Sum', names))
    graph.add('Softmax', [sum(outputs.map((o) => o.labels))], { axis: 1 }, 'probabilities')
    const known = sum(outputs.map((o) => o.known))
    const scaled = graph.add('Mul', [known, graph.constant([1], [openSet.slope])])
    graph.add('Sigmoid', [graph.add('Add', [scaled, graph.constant([1], [openSet.bias])])], {}, 'known')
  }

  /** For `JSON.stringify`; `readClassifier` reads it back, and the answers are the same to the bit. */
  toJSON(): SavedClassifier {
    const { labels, members, openSet, refusals } = this.parts
    return { format: FORMAT, labels, backbones: members.map((member) => member.toJSON()), unknown: openSet, refusals }
  }

  /** @internal @param saved checked already: see `readClassifier` */
  static fromJSON(saved: SavedClassifier | EarlierSavedClassifier): Classifier {
    const { labels } = saved
    if (saved.format === FORMAT) {
      const { backbones, unknown, refusals } = saved
      return new Classifier({ labels, members: backbones.map(BackboneClassifier.fromJSON), openSet: unknown, refusals })
    }
    const members = [BackboneClassifier.fromJSON(saved)]
    return new Classifier({ labels, members, openSet: ALONE, refusals: EARLIER_REFUSALS })
  }

  private split(features: Float32Array[]): Float32Array[][] {
    const { members } = this.parts
    return members.length === 1
      ? [features]
      : splitFeatures(
          features,
          members.map((member) => member.columns),
        )
  }

  private whiten(features: Float32Array[]): Matrix[] {
    const split = this.split(features)
    return this.parts.members.map((member, m) => member.whiten(split[m]!))
  }

  private probabilities(whitened: Matrix[]): Matrix {
    const scores = this.parts.members.map((member, m) => member.decisionScores(whitened[m]!))
    return softmax(
      scores.length === 1
        ? scores[0]!
        : weightedSum(
            scores,
            scores.map(() => 1),
          ),
    )
  }
}
