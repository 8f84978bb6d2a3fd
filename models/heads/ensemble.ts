import type { GraphBuilder } from '../backbones/graph.ts'
import { softmax } from '../evaluation/calibration.ts'
import { weightedSum } from '../evaluation/ensemble-weights.ts'
import type { Matrix } from '../kernels/kernels.ts'
import type { SavedEnsemble } from '../saved.ts'
import { type BaseHeadName, type Head, headFromJSON } from './head.ts'

type Member = { name: BaseHeadName; head: Head; weight: number }

/** Heads that answer together: the softmax of their scores' weighted sum (`fitWeights`). */
export class Ensemble {
  private readonly members: Member[]

  /** @param members one or more */
  constructor(members: Member[]) {
    this.members = members
  }

  /** n x d whitened features; n x classes, rows add up to 1. */
  predictProba(x: Matrix): Matrix {
    return softmax(
      weightedSum(
        this.members.map(({ head }) => head.decisionScores(x)),
        this.members.map(({ weight }) => weight),
      ),
    )
  }

  /** The same as operations of an ONNX graph, named as asked for. */
  toOnnx(graph: GraphBuilder, x: string, probabilities: string): void {
    const all = this.members.map(({ head, weight }) =>
      graph.add('Mul', [head.toOnnx(graph, x), graph.constant([1], [weight])]),
    )
    graph.add('Softmax', [graph.add('Sum', all)], { axis: 1 }, probabilities)
  }

  /** @param kept a head that is written elsewhere */
  toJSON(kept: Head): SavedEnsemble {
    return this.members.map(({ head, ...rest }) => ({ ...rest, head: head === kept ? null : head.toJSON() }))
  }

  static fromJSON(json: SavedEnsemble, kept: Head): Ensemble {
    return new Ensemble(
      json.map(({ head, ...rest }) => ({
        ...rest,
        head: head === null ? kept : headFromJSON(rest.name, head),
      })),
    )
  }
}
