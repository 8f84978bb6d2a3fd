import { z } from 'zod'
import { GraphBuilder } from '../../onnx/graph-builder.ts'
import { encodeModel } from '../../onnx/protobuf.ts'
import { averageFeatures, pictureModel } from '../converted-model.ts'
import { BackboneError } from '../network.ts'
import { InputDescription } from '../registry.ts'
import { type ConvertedNetwork, type PixelScale, PLUS_MINUS_ONE, scalePixels } from '../scale-pixels.ts'
import type { TfjsModel, Weight } from '../tfjs-weights.ts'
import { LAYER_CONVERTERS } from './layer-operations.ts'
import { countProducts, type Size, sizeAfter } from './layer-sizes.ts'
import { readLayerWeights } from './layer-weights.ts'
import { type Layer, readLayers } from './read-layers.ts'

const Model = z.object({ modelTopology: z.unknown(), weightsManifest: z.unknown() })
const side = z.int().min(16).max(1024)
const Input = z.object({ batch_input_shape: z.tuple([z.unknown(), side, side, z.literal(3)]) })
const POOLING = 'GlobalAveragePooling2D'
/** Layers that a classifier consists of. */
const CLASSIFIER = new Set([
  'Dense',
  'Dropout',
  'Activation',
  'Softmax',
  'ReLU',
  'Flatten',
  'Reshape',
  'BatchNormalization',
])

/**
 * Converts the backbone in a layers model of TensorFlow.js, as Teachable Machine exports it, to ONNX: everything before the global average pooling.
 * @param scale how pixels become numbers; by default -1 to 1, as Teachable Machine does it
 * Throws BackboneError where the model is damaged or has layers or settings that cannot be converted
 */
export function convertLayersModel(source: TfjsModel, scale: PixelScale = PLUS_MINUS_ONE): ConvertedNetwork {
  try {
    return convert(source, scale)
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    throw new BackboneError(`Expected a layers model of TensorFlow.js: ${z.prettifyError(error)}`, { cause: error })
  }
}

function convert({ model, weights }: TfjsModel, scale: PixelScale): ConvertedNetwork {
  const { modelTopology, weightsManifest } = Model.parse(model)
  const layers = readLayers(modelTopology)
  const last = findFeatures(layers)
  const shape = layers.find(({ config }) => 'batch_input_shape' in config)
  const [, height, width] = Input.parse(shape?.config).batch_input_shape
  const onnx = pictureModel('layers', { width, height })
  const builder = new GraphBuilder(onnx)
  const context = { builder, weights: readLayerWeights(weightsManifest, weights) }
  const whole: Value = { name: scalePixels(builder, scale), size: [height, width] }
  const values = new Map<number, Value>()
  let products = 0
  for (const place of neededFor(layers, last)) {
    const layer = layers[place]
    if (!layer) continue
    const given = layer.inputs.map((from) => values.get(from) ?? whole)
    const [first = whole] = given
    const inputs = given.length > 0 ? given.map(({ name }) => name) : [whole.name]
    const size = sizeAfter(layer, first.size)
    products = countProducts(products, size, kernelOf(layer, context.weights))
    values.set(place, { name: convertLayer(layer, { ...context, inputs }), size })
  }
  averageFeatures(onnx, (values.get(last) ?? whole).name)
  const input = InputDescription.parse({ width, height, type: 'uint8', layout: 'nhwc' })
  return { onnx: encodeModel(onnx), input }
}

/** A tensor of ONNX, and its height and width. */
type Value = { name: string; size: Size }

const kernelOf = ({ name }: Layer, weights: Map<string, Weight>): Weight | undefined =>
  weights.get(`${name}/kernel`) ?? weights.get(`${name}/depthwise_kernel`)

function convertLayer(layer: Layer, context: Parameters<(typeof LAYER_CONVERTERS)[string]>[1]): string {
  if (layer.type === 'InputLayer') return context.inputs[0] ?? ''
  const converter = LAYER_CONVERTERS[layer.type]
  if (converter) return converter(layer, context)
  throw new BackboneError(
    `Expected layers of image classifiers (${Object.keys(LAYER_CONVERTERS).join(', ')}), received ${layer.type}`,
  )
}

/** The place of the layer whose output is averaged over the picture: walks back over the classifier to the pooling. */
function findFeatures(layers: Layer[]): number {
  let place = layers.length - 1
  for (;;) {
    const layer = layers[place]
    const [from] = layer?.inputs ?? []
    if (!layer || from === undefined) throw new BackboneError(`Expected a ${POOLING} before the classifier, found none`)
    if (layer.type === POOLING) return from
    // A network without a classifier.
    if (!CLASSIFIER.has(layer.type)) return layers.length - 1
    place = from
  }
}

/** The places that a layer depends on and its own, in order. */
function neededFor(layers: Layer[], last: number): number[] {
  const needed = new Set([last])
  for (let place = last; place >= 0; place--)
    if (needed.has(place)) for (const from of layers[place]?.inputs ?? []) needed.add(from)
  return [...needed].sort((a, b) => a - b)
}
