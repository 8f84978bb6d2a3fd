import { z } from 'zod'
import type { GraphBuilder } from '../backbones/onnx.ts'
import { softmax } from '../calibration.ts'
import type { Matrix } from '../kernels/kernels.ts'
import type { Head } from './head.ts'

/** A head and the temperature that makes its scores about as sure as they should be. */
type Part = { head: Head; temperature: number }

const Json = z.object({
  format: z.literal(1),
  parts: z.array(z.object({ temperature: z.number().positive(), head: z.unknown() })),
})

/** The average of what several heads think, each as probabilities (a linear opinion pool, Stone 1961). */
export class BlendHead {
  private readonly parts: Part[]

  constructor(parts: Part[]) {
    this.parts = parts
  }

  /** Log of the average probability, n x classes. */
  scores(x: Matrix): Matrix {
    const all = this.parts.map(({ head, temperature }) => softmax(head.scores(x), temperature))
    const mean = all[0]!.data.map((_, i) => all.reduce((sum, p) => sum + p.data[i]!, 0) / all.length)
    return { ...all[0]!, data: mean.map((p) => Math.log(p + TINY)) }
  }

  toOnnx(graph: GraphBuilder, x: string): string {
    const each = this.parts.map(({ head, temperature }) => {
      const scores = graph.add('Div', [head.toOnnx(graph, x), graph.constant([1], [temperature])])
      return graph.add('Softmax', [scores], { axis: 1 })
    })
    return graph.add('Log', [graph.add('Add', [graph.add('Mean', each), graph.constant([1], [TINY])])])
  }

  toJSON(): z.infer<typeof Json> {
    return { format: 1, parts: this.parts.map(({ temperature, head }) => ({ temperature, head: head.toJSON() })) }
  }

  /** @param readers one for each part */
  static fromJSON(json: unknown, readers: ((json: unknown) => Head)[]): BlendHead {
    const { parts } = Json.parse(json)
    return new BlendHead(parts.map(({ temperature, head }, i) => ({ temperature, head: readers[i]!(head) })))
  }
}

const TINY = 1e-9
