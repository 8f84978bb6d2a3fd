import type { GraphBuilder } from '../backbones/graph.ts'
import { softmax } from '../evaluation/calibration.ts'
import { weighted } from '../evaluation/ensemble-weights.ts'
import type { Matrix } from '../kernels/kernels.ts'
import type { SavedPool } from '../saved.ts'
import { type Head, readHead, type SingleName } from './head.ts'

type Member = { name: SingleName; head: Head; weight: number }

/** Heads that answer together: the softmax of their scores' weighted sum (`fitWeights`). */
export class Pool {
  private readonly members: Member[]

  /** @param members one or more */
  constructor(members: Member[]) {
    this.members = members
  }

  /** n x d whitened features; n x classes, rows add up to 1. */
  predictProba(x: Matrix): Matrix {
    return softmax(
      weighted(
        this.members.map(({ head }) => head.scores(x)),
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
  toJSON(kept: Head): SavedPool {
    return this.members.map(({ head, ...rest }) => ({ ...rest, head: head === kept ? null : head.toJSON() }))
  }

  static fromJSON(json: SavedPool, kept: Head): Pool {
    return new Pool(
      json.map(({ head, ...rest }) => ({
        ...rest,
        head: head === null ? kept : readHead(rest.name, head),
      })),
    )
  }
}
