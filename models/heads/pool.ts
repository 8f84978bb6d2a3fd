import { z } from 'zod'
import type { GraphBuilder } from '../backbones/graph.ts'
import { softmax } from '../calibration.ts'
import type { Matrix } from '../kernels/kernels.ts'
import { weighted } from '../pool-weights.ts'
import { type Head, type SingleName, singleNames, singles } from './head.ts'

type Member = { name: SingleName; head: Head; weight: number }

const Json = z.array(
  z.object({
    name: z.enum(singleNames as [SingleName, ...SingleName[]]),
    weight: z.number().positive(),
    head: z.unknown(),
  }),
)

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
  toJSON(kept: Head): z.infer<typeof Json> {
    return this.members.map(({ head, ...rest }) => ({ ...rest, head: head === kept ? null : head.toJSON() }))
  }

  /** Throws a ZodError where the form is not one that this program writes. */
  static fromJSON(json: unknown, kept: Head): Pool {
    return new Pool(
      Json.parse(json).map(({ head, ...rest }) => ({
        ...rest,
        head: head === null ? kept : singles[rest.name].fromJSON(head),
      })),
    )
  }
}
