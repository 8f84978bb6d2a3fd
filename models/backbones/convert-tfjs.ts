import { z } from 'zod'
import type { OnnxModel, OnnxNode, OnnxTensor } from '../onnx/model.ts'
import { floatTensor, makeNode } from '../onnx/nodes.ts'
import { convertedModel, pixelNodes, pixelScale } from './converted-model.ts'
import { type Convolution, clipConstants, convertConvolution } from './tfjs-convolution.ts'
import { dequantize, requireWeight, type TfjsModel, type Weight } from './tfjs-weights.ts'

const Operation = z.object({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).default([]),
  attr: z.record(z.string(), z.looseObject({})).default({}),
})
const QuantizedWeight = z.object({
  name: z.string(),
  shape: z.array(z.number().int()),
  quantization: z.object({ min: z.number(), scale: z.number(), dtype: z.literal('uint8') }),
})
const GraphModel = z.object({
  modelTopology: z.object({ node: z.array(Operation) }),
  weightsManifest: z.array(z.object({ weights: z.array(QuantizedWeight) })),
})

/** Operations of ONNX for those of TensorFlow that take two tensors of the same shape. */
const ELEMENTWISE: Record<string, string> = { Mul: 'Mul', Sub: 'Sub', AddV2: 'Add' }

type Options = {
  /** What the name of the operation ends with whose output is averaged over the picture; a convolution. */
  lastOperation: string
  /** Width and height of the picture. */
  size: number
}

/**
 * Converts a graph model of TensorFlow.js up to an operation into ONNX, in the form of `convertedModel`. The features are those of the network in 32-bit
 * floats. Throws where it meets an operation that MobileNet V2 does not have.
 */
export function convertTfjsGraph(source: TfjsModel, { lastOperation, size }: Options): OnnxModel {
  const { modelTopology, weightsManifest } = GraphModel.parse(source.model)
  const weights = dequantize(weightsManifest[0]!.weights, source.weights)
  const operations = new Map(modelTopology.node.map((n) => [n.name, n]))
  const end = modelTopology.node.find((n) => n.name.endsWith(lastOperation))
  if (!end) throw new Error(`Expected an operation ending in ${lastOperation}, found none in ${operations.size}`)
  const nodes: OnnxNode[] = []
  const initializer = [pixelScale()]
  const names = new Map<string, string>()

  /** Converts an operation after those that it takes. @returns the short name of its output */
  function convert(name: string): string {
    const known = names.get(name)
    if (known) return known
    const operation = operations.get(name)
    if (!operation) throw new Error(`Expected an operation called ${name}, found none`)
    const output = `t${names.size}`
    names.set(name, output)
    const { op, input } = operation
    if (op === 'Placeholder') nodes.push(...pixelNodes(output))
    else if (op === 'Const') initializer.push(toConstant(output, requireWeight(weights, name)))
    else if (op in ELEMENTWISE) nodes.push(makeNode(ELEMENTWISE[op]!, input.map(convert), output))
    else addConvolution(convertConvolution(operation, output, weights))
    return output
  }

  function addConvolution({ input, constants, clips, toNodes }: Convolution): void {
    initializer.push(...constants)
    nodes.push(...toNodes(convert(input)))
    if (clips && !initializer.some((t) => t.name === 'six')) initializer.push(...clipConstants())
  }

  const last = convert(end.name)
  const channels = requireWeight(weights, end.input[1]!).shape[3]!
  return convertedModel({ name: lastOperation, nodes, initializer, last, channels, size })
}

/** Vectors get the shape of channels in NCHW, so that they broadcast as in TensorFlow. */
function toConstant(name: string, { shape, data }: Weight): OnnxTensor {
  return floatTensor(name, shape.length === 1 ? [1, shape[0]!, 1, 1] : shape, data)
}
