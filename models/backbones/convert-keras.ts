import { z } from 'zod'
import type { OnnxModel, OnnxNode, OnnxTensor } from '../onnx/model.ts'
import { floatTensor, makeNode } from '../onnx/nodes.ts'
import { convertedModel, pixelNodes, pixelScale } from './converted-model.ts'
import {
  dequantize,
  hwioToOihw,
  type QuantizedWeight,
  requireWeight,
  type TfjsModel,
  type Weight,
} from './tfjs-weights.ts'

const pair = z.tuple([z.int(), z.int()])
const padding = z.enum(['valid', 'same'])
const Layer = z.object({
  name: z.string(),
  class_name: z.string(),
  config: z.looseObject({}),
  inbound_nodes: z.array(z.array(z.tuple([z.string()]).rest(z.unknown()))),
})
type Layer = z.infer<typeof Layer>
const Layers = z.object({
  modelTopology: z.object({ model_config: z.object({ config: z.object({ layers: z.array(Layer) }) }) }),
  weightsManifest: z.array(z.object({ weights: z.array(z.custom<QuantizedWeight>()) })),
})
const Conv = z.object({ strides: pair, padding, use_bias: z.literal(false), activation: z.literal('linear') })
const Norm = z.object({ epsilon: z.number(), center: z.literal(true), scale: z.literal(false) })
const Activation = z.object({ activation: z.literal('relu') })
const Pooling = z.object({ pool_size: pair, strides: pair, padding })

/** `auto_pad` of ONNX for the padding of Keras. */
const AUTO_PAD = { valid: 'VALID', same: 'SAME_UPPER' }

type Options = {
  /** Name of the layer whose output is averaged over the picture. */
  lastLayer: string
  channels: number
  /** Width and height of the picture. */
  size: number
}

/**
 * Converts a Keras model of TensorFlow.js up to a layer into ONNX, in the form of `convertedModel`. Throws where it meets a layer, or a setting of
 * one, that Inception V3 does not have.
 */
export function convertKerasModel(source: TfjsModel, { lastLayer, channels, size }: Options): OnnxModel {
  const { modelTopology, weightsManifest } = Layers.parse(source.model)
  const weights = dequantize(weightsManifest[0]!.weights, source.weights)
  const layers = new Map(modelTopology.model_config.config.layers.map((l) => [l.name, l]))
  const initializer = [pixelScale()]
  const nodes: OnnxNode[] = []
  const done = new Set<string>()

  /** Converts a layer after those that it takes; a layer is called as its output. */
  function convertLayer(name: string): void {
    if (done.has(name)) return
    done.add(name)
    const layer = layers.get(name)
    if (!layer) throw new Error(`Expected a layer called ${name}, found none`)
    const inputs = (layer.inbound_nodes[0] ?? []).map(([from]) => from)
    inputs.forEach(convertLayer)
    const converted = toOnnx(layer, inputs, weights)
    nodes.push(...converted.nodes)
    initializer.push(...(converted.constants ?? []))
  }

  convertLayer(lastLayer)
  return convertedModel({ name: lastLayer, nodes, initializer, last: lastLayer, channels, size })
}

type Converted = { nodes: OnnxNode[]; constants?: OnnxTensor[] }

function toOnnx({ class_name, name, config }: Layer, inputs: string[], weights: Map<string, Weight>): Converted {
  switch (class_name) {
    case 'InputLayer':
      return { nodes: pixelNodes(name) }
    case 'Conv2D': {
      const { strides, padding } = Conv.parse(config)
      const kernel = hwioToOihw(requireWeight(weights, `${name}/kernel`))
      const conv = makeNode('Conv', [...inputs, `${name}_w`], name, { strides, auto_pad: AUTO_PAD[padding] })
      return { nodes: [conv], constants: [floatTensor(`${name}_w`, kernel.shape, kernel.data)] }
    }
    case 'BatchNormalization':
      return batchNormalization(name, inputs, { weights, epsilon: Norm.parse(config).epsilon })
    case 'Activation':
      Activation.parse(config)
      return { nodes: [makeNode('Relu', inputs, name)] }
    case 'MaxPooling2D':
    case 'AveragePooling2D': {
      const { pool_size, strides, padding } = Pooling.parse(config)
      const type = class_name === 'MaxPooling2D' ? 'MaxPool' : 'AveragePool'
      const attributes = { kernel_shape: pool_size, strides, auto_pad: AUTO_PAD[padding] }
      return { nodes: [makeNode(type, inputs, name, attributes)] }
    }
    case 'Concatenate':
      return { nodes: [makeNode('Concat', inputs, name, { axis: 1 })] }
    default:
      throw new Error(`Expected a layer that can be converted, received ${class_name}`)
  }
}

/** With a shift but no scale of its own, which ONNX asks for: ones. */
function batchNormalization(
  name: string,
  inputs: string[],
  { weights, epsilon }: { weights: Map<string, Weight>; epsilon: number },
): Converted {
  const weight = (which: string): Float32Array => requireWeight(weights, `${name}/${which}`).data
  const beta = weight('beta')
  const values = [new Float32Array(beta.length).fill(1), beta, weight('moving_mean'), weight('moving_variance')]
  const constants = values.map((data, i) => floatTensor(`${name}_${i}`, [beta.length], data))
  const all = [...inputs, ...constants.map((c) => c.name)]
  return { nodes: [makeNode('BatchNormalization', all, name, { epsilon: { float: epsilon } })], constants }
}
