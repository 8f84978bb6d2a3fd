import { GraphBuilder } from '../../onnx/graph-builder.ts'
import { encodeModel } from '../../onnx/protobuf.ts'
import { averageFeatures, pictureModel } from '../converted-model.ts'
import { BackboneError } from '../network.ts'
import { InputDescription } from '../registry.ts'
import { type ConvertedNetwork, type PixelScale, scalePixels } from '../scale-pixels.ts'
import { findFeatures } from './find-features.ts'
import { Graph, type Value } from './graph.ts'
import { readInput } from './input.ts'
import { OPERATION_CONVERTERS } from './operations/registry.ts'
import { type Operator, readTfliteModel, type TfliteModel } from './read-model.ts'

/**
 * Converts an image classifier of TFLite (https://ai.google.dev/edge/litert), quantized or of floats, to ONNX in 32-bit floats, without its
 * classifier: the features are the values before it, averaged over the picture (`findFeatures`).
 * @param bytes of the file @param scale of a network that takes floats: by default what its metadata say, or -1 to 1; one that takes integers says it itself
 * Throws BackboneError where the file is damaged, no image classifier, or has operations that cannot be converted
 */
export function convertTflite(bytes: Uint8Array, scale?: PixelScale): ConvertedNetwork & { channels: number } {
  const source = readTfliteModel(bytes)
  const input = readInput(source, scale)
  const model = pictureModel('tflite', input)
  const builder = new GraphBuilder(model)
  const graph = new Graph(source, builder, bytes.length)
  const { shape } = source.tensor(input.tensor)
  graph.setValue(input.tensor, { name: scalePixels(builder, input), shape })
  const features = findFeatures(source)
  for (const operator of neededFor(source, features)) convertOperator(graph, operator)
  const value = graph.valueOf(features)
  if (!value) throw new BackboneError('Expected features that come from the picture, found none')
  const channels = value.shape.at(-1) ?? 0
  averageFeatures(model, asPicture(graph, value), channels)
  const { width, height } = input
  return {
    onnx: encodeModel(model),
    input: InputDescription.parse({ width, height, type: 'uint8', layout: 'nhwc' }),
    channels,
  }
}

function convertOperator(graph: Graph, operator: Operator): void {
  const convert = OPERATION_CONVERTERS[operator.name]
  if (!convert)
    throw new BackboneError(
      `Expected operations of image classifiers (${Object.keys(OPERATION_CONVERTERS).join(', ')}), received ${operator.name}`,
    )
  convert(graph, operator)
}

/** The operations that a tensor depends on, in the order of the file. */
function neededFor({ operators }: TfliteModel, tensor: number): Operator[] {
  const needed = new Set([tensor])
  const found: Operator[] = []
  for (const operator of operators.toReversed()) {
    if (!operator.outputs.some((output) => needed.has(output))) continue
    found.push(operator)
    for (const input of operator.inputs) needed.add(input)
  }
  return found.reverse()
}

/** Vectors of features as pictures of one pixel, [N, channels, 1, 1]. */
function asPicture({ builder }: Graph, { name, shape }: Value): string {
  return shape.length === 4 ? name : builder.reshape(name, [0, shape.at(-1) ?? 0, 1, 1])
}
