import { type Model, type Node, node } from './graph.ts'
import { decodeModel, encodeModel } from './onnx.ts'

/** What multiplies by learned weights at the end of a network: where its first input and, if that is quantised, its scale and zero point are. */
const PRODUCTS: Record<string, { quantised: boolean }> = {
  Gemm: { quantised: false },
  MatMul: { quantised: false },
  QLinearMatMul: { quantised: true },
  QGemm: { quantised: true },
  MatMulInteger: { quantised: false },
}
/** What may stand between the classification and the end of a network. */
const AFTER = new Set(
  'Add Softmax LogSoftmax Sigmoid Identity Reshape Flatten Squeeze Unsqueeze Cast Mul Div DequantizeLinear QLinearAdd QLinearSoftmax'.split(
    ' ',
  ),
)

/**
 * A network without its classification: it ends before the last product with weights (Gemm, MatMul and their quantised forms),
 * where nothing but additions, shapes and softmax follows. Null: it does not end in one, and serves as it is.
 */
export function cutClassification(bytes: Uint8Array): Uint8Array | null {
  const model = decodeModel(bytes)
  const { graph } = model
  const makers = new Map(graph.node.flatMap((n) => n.output.map((o) => [o, n] as const)))
  const last = lastProduct(graph.output[0]?.name ?? '', makers, new Set(graph.initializer.map((t) => t.name)))
  if (!last) return null
  graph.output = [{ name: end(model, last, makers), type: FLOATS }]
  prune(model)
  return encodeModel(model)
}

// The shape is left to the runtime.
const FLOATS = { tensorType: { elemType: 1 } } as Model['graph']['output'][number]['type']

function lastProduct(output: string, makers: Map<string, Node>, weights: Set<string>): Node | undefined {
  for (let at = makers.get(output); at; ) {
    if (at.opType in PRODUCTS) return at
    if (!AFTER.has(at.opType)) return undefined
    // Biases and shapes have no maker.
    const inner: Node[] = at.input.flatMap((name) => (weights.has(name) ? [] : (makers.get(name) ?? [])))
    at = inner.find((n) => n.opType !== 'Constant')
  }
  return undefined
}

/** The tensor that goes into the product, as floats. */
function end({ graph }: Model, { opType, input }: Node, makers: Map<string, Node>): string {
  const [x, scale, zero] = input as [string, string, string]
  const maker = makers.get(x)
  // Quantised on the spot: what it was made of.
  if (maker?.opType === 'DynamicQuantizeLinear') return maker.input[0]!
  if (!PRODUCTS[opType]!.quantised) return x
  graph.node.push(node('DequantizeLinear', [x, scale, zero], 'features_of_mekiki'))
  return 'features_of_mekiki'
}

/** Leaves what the outputs need. */
function prune({ graph }: Model): void {
  const needed = new Set(graph.output.map((o) => o.name))
  const kept: Node[] = []
  // Nodes stand after those that they need.
  for (const n of [...graph.node].reverse()) {
    if (!n.output.some((o) => needed.has(o))) continue
    kept.push(n)
    for (const name of n.input) needed.add(name)
  }
  graph.node = kept.reverse()
  graph.initializer = graph.initializer.filter((t) => needed.has(t.name))
  const weights = new Set(graph.initializer.map((t) => t.name))
  // Old files list their weights among the inputs.
  graph.input = graph.input.filter((i) => needed.has(i.name) && !weights.has(i.name))
}
