import { BackboneError } from '../../network.ts'
import { applyActivation } from '../activation.ts'
import type { Graph } from '../graph.ts'
import { toChannelsLast } from '../layout.ts'
import type { Operator } from '../read-model.ts'
import { DENSE } from '../schema.ts'
import { requireBias } from './convolution.ts'

/** FULLY_CONNECTED: weights [out, in], of all values of a picture. */
export function convertDense(graph: Graph, operator: Operator): void {
  const { builder } = graph
  const value = graph.input(operator)
  const weight = graph.weight(operator, 1)
  const [out = 0, inputs = 0] = weight.shape
  const values = value.shape.slice(1).reduce((a, b) => a * b, 1)
  const isPlain = (operator.options?.byte(DENSE.weightsFormat) ?? 0) === 0
  if (weight.shape.length !== 2 || inputs !== values || !isPlain)
    throw new BackboneError(
      `Expected weights for ${values} values in ${operator.name}, received the shape ${weight.shape}`,
    )
  graph.countProducts(weight.data.length)
  const flat = builder.reshape(toChannelsLast(graph, value), [0, -1])
  const constants = [builder.constant(weight.shape, weight.data)]
  if (graph.has(operator, 2)) constants.push(builder.constant([out], requireBias(graph, operator, out)))
  const multiplied = builder.add('Gemm', [flat, ...constants], { transB: 1 })
  const number = operator.options?.byte(DENSE.activation) ?? 0
  const name = applyActivation(graph, operator, { number, input: multiplied })
  graph.setOutput(operator, { name, shape: [value.shape[0] ?? 1, out] })
}
