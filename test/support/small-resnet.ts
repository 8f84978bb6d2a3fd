import { ELEMENT_TYPE, type OnnxNode, type OnnxTensor } from '../../models/onnx/model.ts'
import { floatTensor, makeNode, valueInfo } from '../../models/onnx/nodes.ts'
import { encodeModel } from '../../models/onnx/protobuf.ts'
import { seededRandom } from '../../models/random.ts'

/** What follows the features of a network: nodes with their constants, and the name of the output. */
export type Ending = (features: string) => { nodes: OnnxNode[]; tensors: OnnxTensor[]; output: string }

/** The same for the same name, whatever was made before. */
export function randomTensor(name: string, dims: number[]): OnnxTensor {
  const random = seededRandom([...name].reduce((sum, c) => sum * 31 + c.charCodeAt(0), 7))
  return floatTensor(
    name,
    dims,
    Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => random() - 0.5),
  )
}

/** Kernel, stride, and channels of a convolution. */
type Conv = { size: number; from: number; to: number; stride?: number }

/** Collects the nodes and constants of a network. */
class Layers {
  readonly nodes: OnnxNode[] = []
  readonly tensors: OnnxTensor[] = []

  conv(input: string, name: string, { size, from, to, stride = 1 }: Conv): string {
    this.tensors.push(randomTensor(`${name}_w`, [to, from, size, size]), randomTensor(`${name}_b`, [to]))
    const pad = (size - 1) >> 1
    const attributes = { strides: [stride, stride], pads: [pad, pad, pad, pad] }
    this.nodes.push(makeNode('Conv', [input, `${name}_w`, `${name}_b`], name, attributes))
    return name
  }

  relu(input: string): string {
    this.nodes.push(makeNode('Relu', [input], `${input}_relu`))
    return `${input}_relu`
  }

  /** Three convolutions with a shortcut past them. */
  bottleneck(input: string, name: string, { from, to, stride }: Required<Omit<Conv, 'size'>>): string {
    const narrow = this.relu(this.conv(input, `${name}_1`, { size: 1, from, to: 4 }))
    const middle = this.relu(this.conv(narrow, `${name}_2`, { size: 3, from: 4, to: 4, stride }))
    const wide = this.conv(middle, `${name}_3`, { size: 1, from: 4, to })
    const same = from === to && stride === 1
    const shortcut = same ? input : this.conv(input, `${name}_s`, { size: 1, from, to, stride })
    this.nodes.push(makeNode('Add', [wide, shortcut], name))
    return this.relu(name)
  }
}

/**
 * ResNet-50's structure at a fraction of its width, for pictures of 32 x 32: a stem, bottlenecks, the mean over the picture and Flatten give 64 features, and the
 * ending follows them. @param weightsAsInputs as old files have it: every weight is an input, too
 */
export function smallResnet(ending: Ending, weightsAsInputs = false): Uint8Array {
  const layers = new Layers()
  const stem = layers.relu(layers.conv('data', 'stem', { size: 7, from: 3, to: 8, stride: 2 }))
  layers.nodes.push(makeNode('MaxPool', [stem], 'pool', { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }))
  let [last, from] = ['pool', 8]
  for (const [stage, blocks] of [3, 4, 6, 3].entries())
    for (let block = 0; block < blocks; block++) {
      const to = 8 * 2 ** stage
      const stride = stage > 0 && block === 0 ? 2 : 1
      last = layers.bottleneck(last, `s${stage}b${block}`, { from, to, stride })
      from = to
    }
  layers.nodes.push(makeNode('GlobalAveragePool', [last], 'mean'), makeNode('Flatten', ['mean'], 'flat'))
  const { nodes, tensors, output } = ending('flat')
  const initializer = [...layers.tensors, ...tensors]
  const data = valueInfo('data', ELEMENT_TYPE.float32, ['N', 3, 32, 32])
  const weights = initializer.map((t) => valueInfo(t.name, t.dataType, t.dims))
  return encodeModel({
    irVersion: 8,
    producerName: 'test',
    opsetImport: [{ domain: '', version: 13 }],
    graph: {
      name: 'resnet',
      node: [...layers.nodes, ...nodes],
      initializer,
      input: weightsAsInputs ? [data, ...weights] : [data],
      output: [valueInfo(output, ELEMENT_TYPE.float32, ['N', 5])],
    },
  })
}
