import { BackboneError } from '../network.ts'
import type { Graph } from './graph.ts'
import { outputOf } from './graph.ts'
import type { Operator, Tensor } from './read-model.ts'
import { ACTIVATIONS, type Activation } from './schema.ts'

/** Least and largest stored values of quantized types. */
const STORED_RANGE: Record<string, [number, number]> = { uint8: [0, 255], int8: [-128, 127] }

/** Bounds of the activations that are only bounds. */
const BOUNDS: Partial<Record<Activation, [number, number]>> = {
  RELU: [0, Number.POSITIVE_INFINITY],
  RELU6: [0, 6],
  RELU_N1_TO_1: [-1, 1],
}

/** Operations whose activation converters drop where the range of the output implies it. */
const MAY_IMPLY = new Set(['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED', 'ADD', 'SUB', 'MUL'])

/**
 * Applies the activation that is part of an operation. @param number of `ActivationFunctionType` @param input what the operation computed
 * @returns the name of the result
 */
export function applyActivation(
  graph: Graph,
  operator: Operator,
  { number, input }: { number: number; input: string },
): string {
  const activation = ACTIVATIONS[number]
  if (activation === 'NONE')
    return MAY_IMPLY.has(operator.name) ? clip(graph, impliedBounds(graph.tensor(outputOf(operator))), input) : input
  const bounds = activation && BOUNDS[activation]
  if (bounds) return clip(graph, bounds, input)
  if (activation === 'TANH') return graph.builder.add('Tanh', [input])
  throw new BackboneError(`Expected an activation of ${Object.keys(BOUNDS)} or TANH, received ${activation ?? number}`)
}

/**
 * A quantized output that begins at 0 is what is left of a ReLU: converters drop the activation where the range of the stored values does the same.
 */
function impliedBounds({ type, quantization }: Tensor): [number, number] | null {
  const [least, most] = STORED_RANGE[type] ?? []
  const [scale, ...otherScales] = quantization?.scale ?? []
  if (least === undefined || most === undefined || scale === undefined || otherScales.length > 0) return null
  if (quantization?.zeroPoint[0] !== least) return null
  return [0, (most - least) * scale]
}

export function clip({ builder }: Graph, bounds: [number, number] | null, input: string): string {
  if (!bounds) return input
  const [least, most] = bounds
  if (least === 0 && most === Number.POSITIVE_INFINITY) return builder.add('Relu', [input])
  return builder.add('Clip', [input, builder.constant([], [least]), builder.constant([], [most])])
}
