import { BackboneError } from '../../network.ts'
import { applyActivation } from '../activation.ts'
import type { Graph } from '../graph.ts'
import { outputOf } from '../graph.ts'
import { axesOf, reshapeTo, toChannelsLast } from '../layout.ts'
import type { Operator } from '../read-model.ts'
import { CONCATENATION } from '../schema.ts'

const product = (shape: number[]): number => shape.reduce((a, b) => a * b, 1)

/** RESHAPE and SQUEEZE: the shape is that of the output. */
export function convertReshape(graph: Graph, operator: Operator): void {
  const value = graph.input(operator)
  const { shape } = graph.tensor(outputOf(operator))
  if (shape.length < 2 || shape[0] !== value.shape[0] || product(shape) !== product(value.shape))
    throw new BackboneError(`Expected a shape for the same batch and values as ${value.shape}, received ${shape}`)
  graph.setOutput(operator, { name: reshapeTo(graph, toChannelsLast(graph, value), shape), shape })
}

/** More is a damaged file. */
const MAX_PADDING = 64

/** Zeros around height and width. */
export function convertPad(graph: Graph, operator: Operator): void {
  const { name, shape } = graph.input(operator)
  const { shape: table, data } = graph.weight(operator, 1)
  const rank = shape.length
  if (table.join() !== `${rank},2` || ![...data].every((count) => count >= 0 && count <= MAX_PADDING))
    throw new BackboneError(
      `Expected 0 to ${MAX_PADDING} zeros before and after each of ${rank} axes, received ${data}`,
    )
  const before = shape.map((_, axis) => data[2 * axis] ?? 0)
  const after = shape.map((_, axis) => data[2 * axis + 1] ?? 0)
  const pads = Array<number>(2 * rank).fill(0)
  for (const [axis, to] of axesOf([...shape.keys()], rank).entries()) {
    pads[to] = before[axis] ?? 0
    pads[rank + to] = after[axis] ?? 0
  }
  const padded = graph.builder.add('Pad', [name, graph.builder.integers(pads)])
  graph.setOutput(operator, { name: padded, shape: shape.map((side, i) => side + (before[i] ?? 0) + (after[i] ?? 0)) })
}

export function convertConcatenation(graph: Graph, operator: Operator): void {
  const values = operator.inputs.map((_, position) => graph.input(operator, position))
  const [first] = values
  const rank = first?.shape.length ?? 0
  const given = operator.options?.int32(CONCATENATION.axis) ?? 0
  const axis = given < 0 ? given + rank : given
  const without = (shape: number[]): string => shape.toSpliced(axis, 1).join()
  if (!first || axis < 1 || axis >= rank || values.some((v) => without(v.shape) !== without(first.shape)))
    throw new BackboneError(
      `Expected tensors that fit along axis ${axis}, received ${values.map((v) => `[${v.shape}]`)}`,
    )
  const joined = graph.builder.add(
    'Concat',
    values.map((v) => v.name),
    { axis: axesOf([axis], rank)[0] ?? axis },
  )
  const side = values.reduce((sum, { shape }) => sum + (shape[axis] ?? 0), 0)
  const number = operator.options?.byte(CONCATENATION.activation) ?? 0
  const name = applyActivation(graph, operator, { number, input: joined })
  graph.setOutput(operator, { name, shape: first.shape.toSpliced(axis, 1, side) })
}

/** QUANTIZE and DEQUANTIZE: nothing is left of them where all are floats. */
export function convertQuantization(graph: Graph, operator: Operator): void {
  if (graph.isConstant(operator, 0)) graph.setWeight(operator, graph.weight(operator, 0))
  else graph.setOutput(operator, graph.input(operator))
}
