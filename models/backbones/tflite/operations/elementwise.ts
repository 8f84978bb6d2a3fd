import { BackboneError } from '../../network.ts'
import { applyActivation, clip } from '../activation.ts'
import type { Graph, Value } from '../graph.ts'
import { constantOf } from '../layout.ts'
import type { Operator } from '../read-model.ts'
import { ELEMENTWISE } from '../schema.ts'

export const convertAddition = (graph: Graph, operator: Operator): void => combine(graph, operator, 'Add')
export const convertMultiplication = (graph: Graph, operator: Operator): void => combine(graph, operator, 'Mul')
export const convertSubtraction = (graph: Graph, operator: Operator): void => combine(graph, operator, 'Sub')

/** Of two tensors, or of one and a constant. */
function combine(graph: Graph, operator: Operator, type: 'Add' | 'Mul' | 'Sub'): void {
  const constants = [0, 1].filter((position) => graph.isConstant(operator, position))
  const values = [0, 1].filter((position) => !constants.includes(position)).map((p) => graph.input(operator, p))
  const rank = Math.max(...values.map((value) => value.shape.length))
  const [first] = values
  if (!first) throw new BackboneError(`Expected ${operator.name} to take a computed tensor, received two constants`)
  const sides = [0, 1].map((position) => sideOf(graph, operator, { position, constants, rank }))
  const [a, b] = sides
  if (!a || !b) throw new BackboneError(`Expected ${operator.name} to take two tensors`)
  const shape = broadcast(a.shape, b.shape)
  const combined = graph.builder.add(type, [a.name, b.name])
  const number = operator.options?.byte(ELEMENTWISE.activation) ?? 0
  graph.setOutput(operator, { name: applyActivation(graph, operator, { number, input: combined }), shape })
}

type Side = { position: number; constants: number[]; rank: number }

function sideOf(graph: Graph, operator: Operator, { position, constants, rank }: Side): Value {
  if (!constants.includes(position)) {
    const value = graph.input(operator, position)
    // Fewer sides would be matched from the end, where this has its width.
    if (value.shape.length === rank) return value
    throw new BackboneError(
      `Expected tensors of as many sides in ${operator.name}, received ${value.shape} and ${rank} sides`,
    )
  }
  const weight = graph.weight(operator, position)
  if (weight.shape.length > rank)
    throw new BackboneError(`Expected a constant of ${rank} sides, received ${weight.shape}`)
  return { name: constantOf(graph, weight, rank), shape: weight.shape }
}

/** The shape of what is computed of two shapes, of which sides of 1 are repeated. */
function broadcast(a: number[], b: number[]): number[] {
  const rank = Math.max(a.length, b.length)
  const side = (shape: number[], i: number): number => shape[i - rank + shape.length] ?? 1
  return Array.from({ length: rank }, (_, i) => {
    const [one, other] = [side(a, i), side(b, i)]
    if (one === other || other === 1) return one
    if (one === 1) return other
    throw new BackboneError(`Expected shapes that fit together, received ${a} and ${b}`)
  })
}

/** An activation that is an operation of its own. */
const single =
  (apply: (graph: Graph, input: string) => string) =>
  (graph: Graph, operator: Operator): void => {
    const { name, shape } = graph.input(operator)
    graph.setOutput(operator, { name: apply(graph, name), shape })
  }

export const convertRelu = single((graph, input) => clip(graph, [0, Number.POSITIVE_INFINITY], input))
export const convertRelu6 = single((graph, input) => clip(graph, [0, 6], input))
export const convertLogistic = single(({ builder }, input) => builder.add('Sigmoid', [input]))
/** x times relu6(x + 3) / 6. */
export const convertHardSwish = single(({ builder }, input) =>
  builder.add('Mul', [input, builder.add('HardSigmoid', [input], { alpha: { float: 1 / 6 }, beta: { float: 0.5 } })]),
)

/** The last axis alone. */
export function convertSoftmax(graph: Graph, operator: Operator): void {
  const { name, shape } = graph.input(operator)
  if (shape.length > 3) throw new BackboneError(`Expected a softmax of a vector, received the shape ${shape}`)
  graph.setOutput(operator, { name: graph.builder.add('Softmax', [name], { axis: shape.length - 1 }), shape })
}
