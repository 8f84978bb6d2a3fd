import { z } from 'zod'
import { ELEMENT, floats, type Model, type Node, node, type Tensor, value } from './graph.ts'
import type { TfjsGraph } from './tfjs.ts'
import { dequantise, get, hwioToOihw, type Quantised } from './weights.ts'

const pair = z.tuple([z.int(), z.int()])
const padding = z.enum(['valid', 'same'])
const Layers = z.object({
  modelTopology: z.object({
    model_config: z.object({
      config: z.object({
        layers: z.array(
          z.object({
            name: z.string(),
            class_name: z.string(),
            config: z.looseObject({}),
            inbound_nodes: z.array(z.array(z.tuple([z.string()]).rest(z.unknown()))),
          }),
        ),
      }),
    }),
  }),
  weightsManifest: z.array(z.object({ weights: z.array(z.custom<Quantised>()) })),
})
const Conv = z.object({ strides: pair, padding, use_bias: z.literal(false), activation: z.literal('linear') })
const Norm = z.object({ epsilon: z.number(), center: z.literal(true), scale: z.literal(false) })
const Activation = z.object({ activation: z.literal('relu') })
const Pooling = z.object({ pool_size: pair, strides: pair, padding })

const PADDING = { valid: 'VALID', same: 'SAME_UPPER' }

/**
 * Converts a Keras model of tfjs, up to the layer `cut`, into ONNX (opset 13), followed by the mean over the picture. Knows what Inception
 * V3 is made of. Input `picture`: uint8 [N, size, size, 3], RGB, seen as [0, 1]. Output `features`: float32 [N, channels].
 */
export function convertLayers(source: TfjsGraph, cut: string, size: number, channels: number): Model {
  const { modelTopology, weightsManifest } = Layers.parse(source.model)
  const weights = dequantise(weightsManifest[0]!.weights, source.weights)
  const layers = new Map(modelTopology.model_config.config.layers.map((l) => [l.name, l]))
  const initializer: Tensor[] = [floats('by255', [1], [1 / 255])]
  const out: Node[] = []
  const done = new Set<string>()
  const constant = (name: string, shape: number[], data: Float32Array): string => {
    initializer.push(floats(name, shape, data))
    return name
  }

  function emit(name: string): string {
    if (done.has(name)) return name
    done.add(name)
    const layer = layers.get(name)
    if (!layer) throw new Error(`Expected a layer called ${name}, found none`)
    const inputs = (layer.inbound_nodes[0] ?? []).map(([from]) => emit(from))
    out.push(...toNodes(layer.class_name, name, inputs, layer.config))
    return name
  }

  function toNodes(kind: string, name: string, inputs: string[], config: object): Node[] {
    switch (kind) {
      case 'InputLayer':
        return [
          node('Cast', ['picture'], 'as_float', { to: ELEMENT.float32 }),
          node('Mul', ['as_float', 'by255'], 'in_unit'),
          node('Transpose', ['in_unit'], name, { perm: [0, 3, 1, 2] }),
        ]
      case 'Conv2D': {
        const { strides, padding } = Conv.parse(config)
        const kernel = hwioToOihw(get(weights, `${name}/kernel`))
        const w = constant(`${name}_w`, kernel.shape, kernel.data)
        return [node('Conv', [...inputs, w], name, { strides, auto_pad: PADDING[padding] })]
      }
      case 'BatchNormalization': {
        const { epsilon } = Norm.parse(config)
        const [beta, mean, variance] = ['beta', 'moving_mean', 'moving_variance'].map((v) =>
          get(weights, `${name}/${v}`),
        )
        const n = beta!.shape[0]!
        const parts = [new Float32Array(n).fill(1), beta!.data, mean!.data, variance!.data]
        const given = parts.map((data, i) => constant(`${name}_${i}`, [n], data))
        return [node('BatchNormalization', [...inputs, ...given], name, { epsilon: { float: epsilon } })]
      }
      case 'Activation':
        Activation.parse(config)
        return [node('Relu', inputs, name)]
      case 'MaxPooling2D':
      case 'AveragePooling2D': {
        const { pool_size, strides, padding } = Pooling.parse(config)
        const type = kind === 'MaxPooling2D' ? 'MaxPool' : 'AveragePool'
        return [node(type, inputs, name, { kernel_shape: pool_size, strides, auto_pad: PADDING[padding] })]
      }
      case 'Concatenate':
        return [node('Concat', inputs, name, { axis: 1 })]
      default:
        throw new Error(`Expected a layer that can be converted, received ${kind}`)
    }
  }

  out.push(node('ReduceMean', [emit(cut)], 'features', { axes: [2, 3], keepdims: 0 }))
  return {
    irVersion: 8,
    producerName: 'mekiki',
    opsetImport: [{ domain: '', version: 13 }],
    graph: {
      ...{ name: cut, node: out, initializer },
      input: [value('picture', ELEMENT.uint8, ['N', size, size, 3])],
      output: [value('features', ELEMENT.float32, ['N', channels])],
    },
  }
}
