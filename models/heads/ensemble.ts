import type { Matrix } from '../numbers/matrix.ts'
import type { GraphBuilder } from '../onnx/graph-builder.ts'
import type { SavedEnsemble } from '../saved-format.ts'
import { weightedSum } from './combine-scores.ts'
import type { Head } from './head.ts'
import type { BaseHeadName } from './names.ts'
import { headFromJSON } from './registry.ts'

type Member = { name: BaseHeadName; head: Head; weight: number }

/** Heads that answer together: a logarithmic opinion pool whose weights `fitEnsembleWeights` finds. */
export class Ensemble {
  private readonly members: Member[]

  /** @param members one or more; weights above 0 */
  constructor(members: Member[]) {
    this.members = members
  }

  /** @param z n x d whitened features @returns n x classes log odds, up to a constant in each row */
  decisionScores(z: Matrix): Matrix {
    const scores = this.members.map(({ head }) => head.decisionScores(z))
    const weights = this.members.map(({ weight }) => weight)
    return weightedSum(scores, weights)
  }

  /** The same as operations of an ONNX graph. @param z name of the n x d input @returns the name of the log odds */
  toOnnx(graph: GraphBuilder, z: string): string {
    const all = this.members.map(({ head, weight }) =>
      graph.add('Mul', [head.toOnnx(graph, z), graph.constant([1], [weight])]),
    )
    return graph.add('Sum', all)
  }

  /** @param saved a head that is written elsewhere: null stands for it */
  toJSON(saved: Head): SavedEnsemble {
    return this.members.map(({ name, weight, head }) => ({ name, weight, head: head === saved ? null : head.toJSON() }))
  }

  /** @param saved the head that null stands for */
  static fromJSON(json: SavedEnsemble, saved: Head): Ensemble {
    return new Ensemble(
      json.map(({ name, weight, head }) => ({
        name,
        weight,
        head: head === null ? saved : headFromJSON(name, head),
      })),
    )
  }
}
