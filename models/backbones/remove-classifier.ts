import { ELEMENT_TYPE, type OnnxModel, type OnnxNode } from '../onnx/model.ts'
import { makeNode } from '../onnx/nodes.ts'
import { decodeModel, encodeModel } from '../onnx/protobuf.ts'

/** Operations that multiply by learned weights. Their first input is what is multiplied, quantized where it says so. */
const PRODUCTS: Record<string, { quantized: boolean }> = {
  Gemm: { quantized: false },
  MatMul: { quantized: false },
  QLinearMatMul: { quantized: true },
  QGemm: { quantized: true },
  MatMulInteger: { quantized: false },
}
/** Operations that may stand between that product and the end of a network. */
const AFTER_PRODUCT = new Set([
  'Add',
  'Softmax',
  'LogSoftmax',
  'Sigmoid',
  'Identity',
  'Reshape',
  'Flatten',
  'Squeeze',
  'Unsqueeze',
  'Cast',
  'Mul',
  'Div',
  'DequantizeLinear',
  'QLinearAdd',
  'QLinearSoftmax',
])

/**
 * Removes the classifier from a network: it then ends before the last product with weights (Gemm, MatMul and their quantized forms), if nothing but
 * additions, shapes and softmax follows that.
 * @param bytes of an ONNX model @returns null where it does not end in a classifier, and serves as it is
 */
export function removeClassifier(bytes: Uint8Array): Uint8Array | null {
  const model = decodeModel(bytes)
  const { graph } = model
  const makers = new Map(graph.node.flatMap((n) => n.output.map((o) => [o, n] as const)))
  const weights = new Set(graph.initializer.map((t) => t.name))
  const product = findProduct(graph.output[0]?.name ?? '', makers, weights)
  if (!product) return null
  const features = floatInput(model, product, makers)
  // The shape is left to the runtime.
  graph.output = [{ name: features, type: { tensorType: { elemType: ELEMENT_TYPE.float32 } } }]
  prune(model)
  return encodeModel(model)
}

/** The product that an output comes from. @param makers node that makes each tensor @param weights names of constants */
function findProduct(output: string, makers: Map<string, OnnxNode>, weights: Set<string>): OnnxNode | undefined {
  for (let node = makers.get(output); node; ) {
    if (node.opType in PRODUCTS) return node
    if (!AFTER_PRODUCT.has(node.opType)) return undefined
    // Biases and shapes are constants.
    const inner = node.input.flatMap((name): OnnxNode[] => (weights.has(name) ? [] : toList(makers.get(name))))
    node = inner.find((n) => n.opType !== 'Constant')
  }
  return undefined
}

const toList = (node: OnnxNode | undefined): OnnxNode[] => (node ? [node] : [])

/** The tensor that goes into a product, as floats. */
function floatInput({ graph }: OnnxModel, product: OnnxNode, makers: Map<string, OnnxNode>): string {
  const [x, scale, zeroPoint] = product.input as [string, string, string]
  const maker = makers.get(x)
  // Quantized just before: the floats are still there.
  if (maker?.opType === 'DynamicQuantizeLinear') return maker.input[0]!
  if (!PRODUCTS[product.opType]!.quantized) return x
  const name = 'features_of_mekiki'
  graph.node.push(makeNode('DequantizeLinear', [x, scale, zeroPoint], name))
  return name
}

/** Removes what no output needs. */
function prune({ graph }: OnnxModel): void {
  const needed = new Set(graph.output.map((o) => o.name))
  const kept: OnnxNode[] = []
  // Nodes stand after those that they need.
  for (const node of graph.node.toReversed()) {
    if (!node.output.some((o) => needed.has(o))) continue
    kept.push(node)
    for (const name of node.input) needed.add(name)
  }
  graph.node = kept.reverse()
  graph.initializer = graph.initializer.filter((t) => needed.has(t.name))
  const weights = new Set(graph.initializer.map((t) => t.name))
  // Old files list their weights among the inputs, too.
  graph.input = graph.input.filter((i) => needed.has(i.name) && !weights.has(i.name))
}
