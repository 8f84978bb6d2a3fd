import { BackboneError } from '../../network.ts'
import { hwcmToCmhw, type Weight } from '../../tfjs-weights.ts'
import { applyActivation } from '../activation.ts'
import type { Graph } from '../graph.ts'
import { placeWindow } from '../padding.ts'
import type { Operator } from '../read-model.ts'
import { CONVOLUTION, DEPTHWISE } from '../schema.ts'

/** `weight`: of TFLite. `kernel`: the same as ONNX has it, [out, in of a group, height, width]. */
type Kernel = { weight: Weight; kernel: Weight; group: number; fields: typeof CONVOLUTION | typeof DEPTHWISE }

/** Weights [out, height, width, in]. */
export function convertConvolution(graph: Graph, operator: Operator): void {
  const weight = graph.weight(operator, 1)
  const channels = graph.input(operator).shape[3] ?? 0
  const group = channels / (weight.shape[3] ?? 0)
  if (weight.shape.length !== 4 || !Number.isInteger(group) || (weight.shape[0] ?? 0) % group !== 0)
    throw new BackboneError(`Expected weights for ${channels} channels, received the shape ${weight.shape}`)
  convolve(graph, operator, { weight, kernel: ohwiToOihw(weight), group, fields: CONVOLUTION })
}

/** Weights [1, height, width, channels x multiplier]. */
export function convertDepthwise(graph: Graph, operator: Operator): void {
  const weight = graph.weight(operator, 1)
  const [one, height = 0, width = 0, out = 0] = weight.shape
  const channels = graph.input(operator).shape[3] ?? 0
  if (weight.shape.length !== 4 || one !== 1 || out % channels !== 0)
    throw new BackboneError(`Expected weights for each of ${channels} channels, received the shape ${weight.shape}`)
  const kernel = hwcmToCmhw({ shape: [height, width, channels, out / channels], data: weight.data })
  convolve(graph, operator, { weight, kernel, group: channels, fields: DEPTHWISE })
}

function convolve(graph: Graph, operator: Operator, { kernel, group, fields }: Kernel): void {
  const { builder } = graph
  const { options } = operator
  const { name, shape } = graph.input(operator)
  const [out = 0, inOfGroup = 0, kernelHeight = 0, kernelWidth = 0] = kernel.shape
  const [batch = 1, height = 0, width = 0] = shape
  const strides: [number, number] = [options?.int32(fields.strideY) ?? 0, options?.int32(fields.strideX) ?? 0]
  const dilations: [number, number] = [
    options?.int32(fields.dilationY, 1) ?? 1,
    options?.int32(fields.dilationX, 1) ?? 1,
  ]
  const { size, pads } = placeWindow([height, width], {
    kernel: [kernelHeight, kernelWidth],
    strides,
    dilations,
    padding: options?.byte(fields.padding) ?? 0,
  })
  graph.countProducts(size[0] * size[1] * kernel.data.length)
  const constants = [builder.constant(kernel.shape, kernel.data)]
  if (graph.has(operator, 2)) constants.push(builder.constant([out], requireBias(graph, operator, out)))
  const convolved = builder.add('Conv', [name, ...constants], {
    kernel_shape: [kernelHeight, kernelWidth],
    strides,
    dilations,
    pads,
    group,
  })
  const output = applyActivation(graph, operator, { number: options?.byte(fields.activation) ?? 0, input: convolved })
  graph.setOutput(operator, { name: output, shape: [batch, ...size, out] })
  if (inOfGroup < 1) throw new BackboneError('Expected weights for at least one channel')
}

/** @param count of output channels */
export function requireBias(graph: Graph, operator: Operator, count: number): Float32Array {
  const bias = graph.weight(operator, 2).data
  if (bias.length === count) return bias
  throw new BackboneError(`Expected a bias for each of ${count} channels, received ${bias.length}`)
}

function ohwiToOihw({ shape, data }: Weight): Weight {
  const [out = 0, height = 0, width = 0, inputs = 0] = shape
  const area = height * width
  const to = new Float32Array(data.length)
  let at = 0
  for (let o = 0; o < out; o++)
    for (let p = 0; p < area; p++) for (let i = 0; i < inputs; i++) to[(o * inputs + i) * area + p] = data[at++] ?? 0
  return { shape: [out, inputs, height, width], data: to }
}
