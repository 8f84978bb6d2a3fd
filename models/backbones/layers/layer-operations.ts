import type { GraphBuilder } from '../../onnx/graph-builder.ts'
import { BackboneError } from '../network.ts'
import { hwcmToCmhw, hwioToOihw, type Weight } from '../tfjs-weights.ts'
import { Activation, Bounded, Convolution, Norm, Pooling, ZeroPadding } from './layer-settings.ts'
import { requireLayerWeight } from './layer-weights.ts'
import type { Layer } from './read-layers.ts'

/** What a layer is converted with. `inputs`: names of tensors, channels second. */
type Context = { builder: GraphBuilder; weights: Map<string, Weight>; inputs: string[] }
type Converter = (layer: Layer, context: Context) => string

/** `auto_pad` of ONNX for the padding of Keras. */
const AUTO_PAD = { valid: 'VALID', same: 'SAME_UPPER' }

/** Converts layers by their `class_name` to operations of ONNX. @returns the name of the output */
export const LAYER_CONVERTERS: Record<string, Converter> = {
  Conv2D: (layer, context) => convolve(layer, context, 'kernel'),
  DepthwiseConv2D: (layer, context) => convolve(layer, context, 'depthwise_kernel'),
  BatchNormalization: normalize,
  ReLU: ({ config }, { builder, inputs }) => bound(builder, onlyOne(inputs), Bounded.parse(config).max_value),
  Activation: ({ config }, { builder, inputs }) =>
    activate(builder, onlyOne(inputs), Activation.parse(config).activation),
  ZeroPadding2D: ({ config }, { builder, inputs }) => {
    const [[top, bottom], [left, right]] = ZeroPadding.parse(config).padding
    return builder.add('Pad', [onlyOne(inputs), builder.integers([0, 0, top, left, 0, 0, bottom, right])])
  },
  MaxPooling2D: (layer, context) => pool(layer, context, 'MaxPool'),
  AveragePooling2D: (layer, context) => pool(layer, context, 'AveragePool'),
  Add: (_, { builder, inputs }) => inputs.reduce((sum, input) => builder.add('Add', [sum, input])),
  Concatenate: (_, { builder, inputs }) => builder.add('Concat', inputs, { axis: 1 }),
  // What only learning needs.
  Dropout: (_, { inputs }) => onlyOne(inputs),
  SpatialDropout2D: (_, { inputs }) => onlyOne(inputs),
}

function onlyOne(inputs: string[]): string {
  const [input] = inputs
  if (input !== undefined && inputs.length === 1) return input
  throw new BackboneError(`Expected a layer that takes one tensor, received ${inputs.length}`)
}

function convolve({ name, config }: Layer, { builder, weights, inputs }: Context, weight: string): string {
  const { strides, padding, use_bias, activation } = Convolution.parse(config)
  const stored = requireLayerWeight(weights, `${name}/${weight}`, 4)
  const isDepthwise = weight === 'depthwise_kernel'
  const kernel = isDepthwise ? hwcmToCmhw(stored) : hwioToOihw(stored)
  const constants = [builder.constant(kernel.shape, kernel.data)]
  if (use_bias) {
    const bias = requireLayerWeight(weights, `${name}/bias`, 1)
    constants.push(builder.constant(bias.shape, bias.data))
  }
  const group = isDepthwise ? (stored.shape[2] ?? 1) : 1
  const attributes = { kernel_shape: kernel.shape.slice(2), strides, group, auto_pad: AUTO_PAD[padding] }
  return activate(builder, builder.add('Conv', [onlyOne(inputs), ...constants], attributes), activation)
}

function normalize({ name, config }: Layer, { builder, weights, inputs }: Context): string {
  const { epsilon, center, scale } = Norm.parse(config)
  const read = (which: string): Float32Array => requireLayerWeight(weights, `${name}/${which}`, 1).data
  const mean = read('moving_mean')
  // ONNX asks for both; what is left out changes nothing.
  const gamma = scale ? read('gamma') : new Float32Array(mean.length).fill(1)
  const beta = center ? read('beta') : new Float32Array(mean.length)
  const constants = [gamma, beta, mean, read('moving_variance')].map((data) => builder.constant([data.length], data))
  return builder.add('BatchNormalization', [onlyOne(inputs), ...constants], { epsilon: { float: epsilon } })
}

function pool({ config }: Layer, { builder, inputs }: Context, type: string): string {
  const { pool_size, strides, padding } = Pooling.parse(config)
  const attributes = { kernel_shape: pool_size, strides: strides ?? pool_size, auto_pad: AUTO_PAD[padding] }
  return builder.add(type, [onlyOne(inputs)], attributes)
}

function activate(builder: GraphBuilder, input: string, activation: string): string {
  if (activation === 'linear') return input
  if (activation === 'relu') return bound(builder, input, null)
  if (activation === 'relu6') return bound(builder, input, 6)
  throw new BackboneError(`Expected the activation linear, relu or relu6, received ${activation}`)
}

/** A ReLU. @param most what it ends at */
function bound(builder: GraphBuilder, input: string, most: number | null | undefined): string {
  if (most === null || most === undefined) return builder.add('Relu', [input])
  return builder.add('Clip', [input, builder.constant([], [0]), builder.constant([], [most])])
}
