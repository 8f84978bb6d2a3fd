import { z } from 'zod'
import { ELEMENT, floats, type Model, type Node, node, type Tensor, value } from './graph.ts'
import { dequantise, get, hwcmToCmhw, hwioToOihw, type Weight } from './weights.ts'

/** A tfjs graph model: model.json's content and the bytes of its weight shards, joined. */
export type TfjsGraph = { model: unknown; weights: Uint8Array }

const Attr = z.looseObject({})
const Graph = z.object({
  modelTopology: z.object({
    node: z.array(
      z.object({
        name: z.string(),
        op: z.string(),
        input: z.array(z.string()).default([]),
        attr: z.record(z.string(), Attr).default({}),
      }),
    ),
  }),
  weightsManifest: z.array(
    z.object({
      weights: z.array(
        z.object({
          name: z.string(),
          shape: z.array(z.number().int()),
          quantization: z.object({ min: z.number(), scale: z.number(), dtype: z.literal('uint8') }),
        }),
      ),
    }),
  ),
})
type TfNode = z.infer<typeof Graph>['modelTopology']['node'][number]

/**
 * Converts a tfjs graph up to the operation `cut` into ONNX (opset 13), followed by the mean over the picture.
 * Input `picture`: uint8 [N, size, size, 3], RGB. Output `features`: float32 [N, channels], as the network's own fp32.
 */
export function convert(source: TfjsGraph, cut: string, size: number): Model {
  const { modelTopology, weightsManifest } = Graph.parse(source.model)
  const weights = dequantise(weightsManifest[0]!.weights, source.weights)
  const nodes = new Map(modelTopology.node.map((n) => [n.name, n]))
  const end = modelTopology.node.find((n) => n.name.endsWith(cut))
  if (!end) throw new Error(`Expected an operation ending in ${cut}, found none in ${nodes.size}`)

  const out: Node[] = []
  const initializer: Tensor[] = [floats('by255', [1], [1 / 255])]
  const names = new Map<string, string>()

  const emit = (name: string): string => {
    const known = names.get(name)
    if (known) return known
    const tf = nodes.get(name)
    if (!tf) throw new Error(`Expected an operation called ${name}, found none`)
    const short = `t${names.size}`
    names.set(name, short)
    if (tf.op === 'Placeholder') {
      out.push(node('Cast', ['picture'], 'as_float', { to: ELEMENT.float32 }))
      out.push(node('Mul', ['as_float', 'by255'], 'in_unit'))
      out.push(node('Transpose', ['in_unit'], short, { perm: [0, 3, 1, 2] }))
    } else if (tf.op === 'Const') {
      const { shape, data } = get(weights, name)
      initializer.push(floats(short, shape.length === 1 ? [1, shape[0]!, 1, 1] : shape, data))
    } else if (tf.op === '_FusedConv2D') emitConv(tf, short, (w) => [hwioToOihw(w), 1])
    else if (tf.op === 'FusedDepthwiseConv2dNative') emitConv(tf, short, (w) => [hwcmToCmhw(w), w.shape[2]!])
    else if (tf.op in ELEMENTWISE) out.push(node(ELEMENTWISE[tf.op]!, tf.input.map(emit), short))
    else throw new Error(`Expected an operation that can be converted, received ${tf.op}`)
    return short
  }

  function emitConv(tf: TfNode, short: string, layout: (w: Weight) => [Weight, number]): void {
    const [kernel, group] = layout(get(weights, tf.input[1]!))
    const bias = get(weights, tf.input[2]!)
    const [stepY, stepX] = (tf.attr.strides as { list: { i: string[] } }).list.i.slice(1, 3).map(Number)
    const fused = (tf.attr.fused_ops as { list?: { s?: string[] } } | undefined)?.list?.s?.map(text) ?? []
    const known = fused.every((f) => f === 'BiasAdd' || f === 'Relu6')
    const padding = text((tf.attr.padding as { s: string }).s)
    if (!known || padding !== 'SAME') throw new Error(`Expected SAME, BiasAdd and Relu6, received ${padding}, ${fused}`)
    initializer.push(floats(`${short}w`, kernel.shape, kernel.data), floats(`${short}b`, bias.shape, bias.data))
    const relu = fused.includes('Relu6')
    const conv = relu ? `${short}c` : short
    out.push(
      node('Conv', [emit(tf.input[0]!), `${short}w`, `${short}b`], conv, {
        strides: [stepY!, stepX!],
        group,
        auto_pad: 'SAME_UPPER',
      }),
    )
    if (relu) {
      if (!initializer.some((t) => t.name === 'six')) initializer.push(floats('zero', [], [0]), floats('six', [], [6]))
      out.push(node('Clip', [conv, 'zero', 'six'], short))
    }
  }

  const last = emit(end.name)
  out.push(node('ReduceMean', [last], 'features', { axes: [2, 3], keepdims: 0 }))
  const channels = get(weights, end.input[1]!).shape[3]!
  return {
    irVersion: 8,
    producerName: 'mekiki',
    opsetImport: [{ domain: '', version: 13 }],
    graph: {
      name: cut,
      node: out,
      initializer,
      input: [value('picture', ELEMENT.uint8, ['N', size, size, 3])],
      output: [value('features', ELEMENT.float32, ['N', channels])],
    },
  }
}

const ELEMENTWISE: Record<string, string> = { Mul: 'Mul', Sub: 'Sub', AddV2: 'Add' }
const text = (base64: string): string => Buffer.from(base64, 'base64').toString()
