import assert from 'node:assert/strict'
import { test } from 'node:test'
import { convertKerasModel } from '../../../models/backbones/convert-keras.ts'
import { readNsfwjs } from '../../../models/backbones/nsfwjs.ts'
import { openNetwork } from '../../../models/backbones/open-network.ts'
import { InputDescription } from '../../../models/backbones/registry.ts'
import { removeClassifier } from '../../../models/backbones/remove-classifier.ts'
import type { OnnxNode, OnnxTensor } from '../../../models/onnx/model.ts'
import { floatTensor, makeNode, valueInfo } from '../../../models/onnx/nodes.ts'
import { encodeModel } from '../../../models/onnx/protobuf.ts'
import { seededRandom } from '../../../models/random.ts'

const input = InputDescription.parse({ width: 32, height: 32 })
const pixels = Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => (i * 7919) % 251)
/** The same for the same name, whatever was made before. */
function weights(name: string, dims: number[]): OnnxTensor {
  const random = seededRandom([...name].reduce((sum, c) => sum * 31 + c.charCodeAt(0), 7))
  return floatTensor(
    name,
    dims,
    Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => random() - 0.5),
  )
}

/** ResNet-50's structure, a fraction of its width: a stem, bottlenecks with shortcuts, the mean over the picture, Flatten, and then what is asked for. */
function resnet(
  ending: (features: string) => { nodes: OnnxNode[]; tensors: OnnxTensor[]; output: string },
  listed = false,
) {
  const [nodes, tensors]: [OnnxNode[], OnnxTensor[]] = [[], []]
  const conv = (from: string, name: string, i: number, o: number, size: number, stride = 1): string => {
    tensors.push(weights(`${name}_w`, [o, i, size, size]), weights(`${name}_b`, [o]))
    const pad = (size - 1) >> 1
    nodes.push(
      makeNode('Conv', [from, `${name}_w`, `${name}_b`], name, {
        strides: [stride, stride],
        pads: [pad, pad, pad, pad],
      }),
    )
    return name
  }
  const relu = (from: string): string => {
    nodes.push(makeNode('Relu', [from], `${from}_relu`))
    return `${from}_relu`
  }
  let at = relu(conv('data', 'stem', 3, 8, 7, 2))
  nodes.push(makeNode('MaxPool', [at], 'pool', { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }))
  at = 'pool'
  let width = 8
  for (const [i, blocks] of [3, 4, 6, 3].entries())
    for (let b = 0; b < blocks; b++) {
      const [name, stride, out] = [`s${i}b${b}`, i > 0 && b === 0 ? 2 : 1, 8 * 2 ** i]
      let inner = relu(conv(at, `${name}_1`, width, 4, 1))
      inner = relu(conv(inner, `${name}_2`, 4, 4, 3, stride))
      inner = conv(inner, `${name}_3`, 4, out, 1)
      const shortcut = width === out && stride === 1 ? at : conv(at, `${name}_s`, width, out, 1, stride)
      nodes.push(makeNode('Add', [inner, shortcut], name))
      at = relu(name)
      width = out
    }
  nodes.push(makeNode('GlobalAveragePool', [at], 'mean'), makeNode('Flatten', ['mean'], 'flat'))
  const { nodes: last, tensors: more, output } = ending('flat')
  const initializer = [...tensors, ...more]
  const data = valueInfo('data', 1, ['N', 3, 32, 32])
  return encodeModel({
    ...{ irVersion: 8, producerName: 'test', opsetImport: [{ domain: '', version: 13 }] },
    graph: {
      ...{ name: 'resnet', node: [...nodes, ...last], initializer },
      // Files of old list every weight as an input.
      input: listed ? [data, ...initializer.map((t) => valueInfo(t.name, t.dataType, t.dims))] : [data],
      output: [valueInfo(output, 1, ['N', 5])],
    },
  })
}
const scalar = (name: string, dataType: number, bytes: number[]): OnnxTensor => ({
  name,
  dims: [],
  dataType,
  rawData: Uint8Array.from(bytes),
})

const ENDINGS: Record<string, Parameters<typeof resnet>[0]> = {
  'Gemm, as in resnet50-v1': (x) => ({
    nodes: [makeNode('Gemm', [x, 'fc', 'bias'], 'out', { transB: 1 })],
    tensors: [weights('fc', [5, 64]), weights('bias', [5])],
    output: 'out',
  }),
  'MatMul, Add and Softmax': (x) => ({
    nodes: [
      makeNode('MatMul', [x, 'fc'], 'product'),
      makeNode('Add', ['bias', 'product'], 'sum'),
      makeNode('Softmax', ['sum'], 'out'),
    ],
    tensors: [weights('fc', [64, 5]), weights('bias', [5])],
    output: 'out',
  }),
  'a quantised product, as in resnet50-v1-12-int8': (x) => ({
    nodes: [
      makeNode('QuantizeLinear', [x, 'scale', 'zero'], 'small'),
      makeNode('QLinearMatMul', ['small', 'scale', 'zero', 'fc', 'scale', 'zero', 'scale', 'zero'], 'product'),
      makeNode('DequantizeLinear', ['product', 'scale', 'zero'], 'out'),
    ],
    tensors: [
      floatTensor('scale', [], [0.05]),
      scalar('zero', 2, [0]),
      { name: 'fc', dims: [64, 5], dataType: 2, rawData: Uint8Array.from({ length: 320 }, (_, i) => i % 7) },
    ],
    output: 'out',
  }),
}

for (const [name, ending] of Object.entries(ENDINGS))
  for (const listed of [false, true])
    test(`the classification is cut off: ${name}${listed ? ', weights among the inputs' : ''}`, async () => {
      const whole = resnet(ending, listed)
      assert.deepEqual((await (await openNetwork(whole, input)).run(pixels, ['out'])).out!.dims, [1, 5])
      const cut = removeClassifier(whole)!
      assert.ok(cut.length < whole.length)
      const network = await openNetwork(cut, input)
      const { data, dims } = (await network.run(pixels, [network.firstOutput]))[network.firstOutput]!
      assert.deepEqual(dims, [1, 64])
      const inner = resnet((x) => ({ nodes: [makeNode('Identity', [x], 'out')], tensors: [], output: 'out' }))
      const expected = (await (await openNetwork(inner, input)).run(pixels, ['out'])).out!.data
      // Eight bits hold 0 to 12.75 at this scale, in steps of 0.05.
      const limited = name.includes('quantised') ? expected.map((v) => Math.max(0, Math.min(12.75, v))) : expected
      const largest = Math.max(...data.map((v, i) => Math.abs(v - limited[i]!)))
      assert.ok(largest < (name.includes('quantised') ? 0.03 : 1e-6), `off by ${largest}`)
      assert.ok(data.some((v) => v > 0.1))
    })

test('what is cut off is the classification alone: the rest gives what it gave inside', async () => {
  const ending = ENDINGS['Gemm, as in resnet50-v1']!
  const whole = resnet((x) => {
    const { nodes, tensors } = ending(x)
    // The same features beside the classes.
    return { nodes: [...nodes, makeNode('Concat', ['out', x], 'both', { axis: 1 })], tensors, output: 'both' }
  })
  // Something else follows the product: there is nothing to cut.
  assert.equal(removeClassifier(whole), null)
  const both = (await (await openNetwork(whole, input)).run(pixels, ['both'])).both!
  assert.equal(both.dims[1], 69)
})

test('a network that ends in a picture, or is cut already, is left as it is', () => {
  const cut = removeClassifier(resnet(ENDINGS['Gemm, as in resnet50-v1']!))!
  assert.equal(removeClassifier(cut), null)
  assert.throws(() => removeClassifier(Uint8Array.from([8, 200, 1])), /./)
})

test('Inception V3 up to mixed7: 768 features that differ from picture to picture', async () => {
  const size = { ...input, width: 299, height: 299, type: 'uint8', layout: 'nhwc' } as const
  const network = await openNetwork(
    encodeModel(convertKerasModel(readNsfwjs('inception_v3', 6), { lastLayer: 'mixed7', size: 299, channels: 768 })),
    size,
  )
  const look = async (of: (i: number) => number) =>
    (
      await network.run(
        Uint8Array.from({ length: 299 * 299 * 3 }, (_, i) => of(i)),
        ['features'],
      )
    ).features!
  const [a, b] = [await look((i) => (i * 7919) % 251), await look((i) => (i / 900) % 256)]
  assert.deepEqual(a.dims, [1, 768])
  assert.ok(a.data.every((v) => v >= 0 && v < 50))
  assert.ok(a.data.some((v, i) => Math.abs(v - b.data[i]!) > 0.1))
})
