import type { OnnxNode, OnnxTensor } from '../onnx/model.ts'
import { floatTensor, makeNode } from '../onnx/nodes.ts'
import { hwcmToCmhw, hwioToOihw, requireWeight, type Weight } from './tfjs-weights.ts'

/** An operation of a graph model of TensorFlow. */
type Operation = { op: string; input: string[]; attr: Record<string, object> }

/** `input`: the operation that the convolution takes. `clips`: its nodes need the constants of `clipConstants`. */
export type Convolution = {
  input: string
  constants: OnnxTensor[]
  clips: boolean
  toNodes(input: string): OnnxNode[]
}

/** The bounds of Relu6. */
export const clipConstants = (): OnnxTensor[] => [floatTensor('zero', [], [0]), floatTensor('six', [], [6])]

/**
 * Converts a convolution with its bias and activation, fused into one by TensorFlow. Throws for any but those of MobileNet V2.
 * @param output name of its output, with which the names of its constants begin
 */
export function convertConvolution(
  { op, input, attr }: Operation,
  output: string,
  weights: Map<string, Weight>,
): Convolution {
  const { kernel, group } = readKernel(op, () => requireWeight(weights, input[1]!))
  const bias = requireWeight(weights, input[2]!)
  const fused = (attr.fused_ops as { list?: { s?: string[] } } | undefined)?.list?.s?.map(decode) ?? []
  const padding = decode((attr.padding as { s: string }).s)
  const known = fused.every((f) => f === 'BiasAdd' || f === 'Relu6')
  if (!known || padding !== 'SAME') throw new Error(`Expected SAME, BiasAdd and Relu6, received ${padding}, ${fused}`)
  const clips = fused.includes('Relu6')
  const convolved = clips ? `${output}c` : output
  // Batch and channels have a stride, too: 1.
  const strides = (attr.strides as { list: { i: string[] } }).list.i.slice(1, 3).map(Number)
  return {
    input: input[0]!,
    constants: [floatTensor(`${output}w`, kernel.shape, kernel.data), floatTensor(`${output}b`, bias.shape, bias.data)],
    clips,
    toNodes(from) {
      const attributes = { strides, group, auto_pad: 'SAME_UPPER' }
      const conv = makeNode('Conv', [from, `${output}w`, `${output}b`], convolved, attributes)
      return clips ? [conv, makeNode('Clip', [convolved, 'zero', 'six'], output)] : [conv]
    },
  }
}

/** A depthwise convolution has a group for each channel. */
function readKernel(op: string, read: () => Weight): { kernel: Weight; group: number } {
  if (op === '_FusedConv2D') return { kernel: hwioToOihw(read()), group: 1 }
  if (op === 'FusedDepthwiseConv2dNative') return { kernel: hwcmToCmhw(read()), group: read().shape[2]! }
  throw new Error(`Expected an operation that can be converted, received ${op}`)
}

const decode = (base64: string): string => Buffer.from(base64, 'base64').toString()
