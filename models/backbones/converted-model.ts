import { ELEMENT_TYPE, type OnnxModel, type OnnxNode, type OnnxTensor } from '../onnx/model.ts'
import { floatTensor, makeNode, valueInfo } from '../onnx/nodes.ts'

/** ONNX IR version and operator set of converted networks. */
const IR_VERSION = 8
const OPSET = 13

/** Constant by which `pixelNodes` multiply. */
export const pixelScale = (): OnnxTensor => floatTensor('by255', [1], [1 / 255])

/** From the input `picture`, uint8 NHWC, to values in [0, 1], NCHW, called `output`. */
export const pixelNodes = (output: string): OnnxNode[] => [
  makeNode('Cast', ['picture'], 'as_float', { to: ELEMENT_TYPE.float32 }),
  makeNode('Mul', ['as_float', 'by255'], 'in_unit'),
  makeNode('Transpose', ['in_unit'], output, { perm: [0, 3, 1, 2] }),
]

type Converted = {
  name: string
  nodes: OnnxNode[]
  initializer: OnnxTensor[]
  /** Tensor [N, channels, h, w] that is averaged over the picture. */
  last: string
  channels: number
  /** Width and height of the picture. */
  size: number
}

/** A model whose input is `picture`, uint8 [N, size, size, 3], RGB, and whose output is `features`, float32 [N, channels]. */
export function convertedModel({ name, nodes, initializer, last, channels, size }: Converted): OnnxModel {
  const model = pictureModel(name, { width: size, height: size })
  Object.assign(model.graph, { node: nodes, initializer })
  averageFeatures(model, last, channels)
  return model
}

/** A model whose input is `picture`, uint8 [N, height, width, 3], RGB, and nothing else yet. */
export function pictureModel(name: string, { width, height }: { width: number; height: number }): OnnxModel {
  return {
    irVersion: IR_VERSION,
    producerName: 'mekiki',
    opsetImport: [{ domain: '', version: OPSET }],
    graph: {
      name,
      node: [],
      initializer: [],
      input: [valueInfo('picture', ELEMENT_TYPE.uint8, ['N', height, width, 3])],
      output: [],
    },
  }
}

/**
 * Ends a model with `features`, float32 [N, channels]. @param last tensor [N, channels, h, w] that is averaged over the picture
 * @param channels a name where the number is left to the runtime
 */
export function averageFeatures({ graph }: OnnxModel, last: string, channels: number | string = 'channels'): void {
  graph.node.push(makeNode('ReduceMean', [last], 'features', { axes: [2, 3], keepdims: 0 }))
  graph.output.push(valueInfo('features', ELEMENT_TYPE.float32, ['N', channels]))
}
