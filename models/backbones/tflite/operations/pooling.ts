import { BackboneError } from '../../network.ts'
import { applyActivation } from '../activation.ts'
import type { Graph } from '../graph.ts'
import { placeWindow } from '../padding.ts'
import type { Operator } from '../read-model.ts'
import { POOLING, REDUCTION } from '../schema.ts'

export const convertAveragePooling = (graph: Graph, operator: Operator): void => pool(graph, operator, 'AveragePool')
export const convertMaxPooling = (graph: Graph, operator: Operator): void => pool(graph, operator, 'MaxPool')

/** What is padded does not count in an average, as in TFLite. */
function pool(graph: Graph, operator: Operator, type: 'AveragePool' | 'MaxPool'): void {
  const { options } = operator
  const { name, shape } = graph.input(operator)
  const [batch = 1, height = 0, width = 0, channels = 0] = shape
  if (shape.length !== 4) throw new BackboneError(`Expected a picture to pool, received the shape ${shape}`)
  const kernel: [number, number] = [options?.int32(POOLING.height) ?? 0, options?.int32(POOLING.width) ?? 0]
  const strides: [number, number] = [options?.int32(POOLING.strideY) ?? 0, options?.int32(POOLING.strideX) ?? 0]
  const { size, pads } = placeWindow([height, width], {
    kernel,
    strides,
    dilations: [1, 1],
    padding: options?.byte(POOLING.padding) ?? 0,
  })
  graph.countProducts(size[0] * size[1] * channels * kernel[0] * kernel[1])
  const pooled = graph.builder.add(type, [name], { kernel_shape: kernel, strides, pads })
  const output = applyActivation(graph, operator, { number: options?.byte(POOLING.activation) ?? 0, input: pooled })
  graph.setOutput(operator, { name: output, shape: [batch, ...size, channels] })
}

/** The mean over height and width. */
export function convertMean(graph: Graph, operator: Operator): void {
  const { name, shape } = graph.input(operator)
  const [batch = 1, , , channels = 0] = shape
  const axes = [...graph.weight(operator, 1).data].map((axis) => (axis < 0 ? axis + shape.length : axis))
  if (shape.length !== 4 || axes.toSorted().join() !== '1,2')
    throw new BackboneError(`Expected a mean over height and width, received axes ${axes} of the shape ${shape}`)
  const keep = (operator.options?.byte(REDUCTION.keepDimensions) ?? 0) !== 0
  const mean = graph.builder.add('ReduceMean', [name], { axes: [2, 3], keepdims: keep ? 1 : 0 })
  graph.setOutput(operator, { name: mean, shape: keep ? [batch, 1, 1, channels] : [batch, channels] })
}
