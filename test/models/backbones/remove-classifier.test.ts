import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openNetwork } from '../../../models/backbones/open-network.ts'
import { InputDescription } from '../../../models/backbones/registry.ts'
import { removeClassifier } from '../../../models/backbones/remove-classifier.ts'
import type { OnnxTensor } from '../../../models/onnx/model.ts'
import { floatTensor, makeNode } from '../../../models/onnx/nodes.ts'
import { type Ending, randomTensor, smallResnet } from '../../support/small-resnet.ts'

const input = InputDescription.parse({ width: 32, height: 32 })
const pixels = Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => (i * 7919) % 251)

const scalar = (name: string, dataType: number, bytes: number[]): OnnxTensor => ({
  name,
  dims: [],
  dataType,
  rawData: Uint8Array.from(bytes),
})

const ENDINGS: Record<string, Ending> = {
  'Gemm, as in resnet50-v1': (x) => ({
    nodes: [makeNode('Gemm', [x, 'fc', 'bias'], 'out', { transB: 1 })],
    tensors: [randomTensor('fc', [5, 64]), randomTensor('bias', [5])],
    output: 'out',
  }),
  'MatMul, Add and Softmax': (x) => ({
    nodes: [
      makeNode('MatMul', [x, 'fc'], 'product'),
      makeNode('Add', ['bias', 'product'], 'sum'),
      makeNode('Softmax', ['sum'], 'out'),
    ],
    tensors: [randomTensor('fc', [64, 5]), randomTensor('bias', [5])],
    output: 'out',
  }),
  'a quantized product, as in resnet50-v1-12-int8': (x) => ({
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
  for (const weightsAsInputs of [false, true])
    test(`the classifier is removed: ${name}${weightsAsInputs ? ', weights among the inputs' : ''}`, async () => {
      const whole = smallResnet(ending, weightsAsInputs)
      assert.deepEqual((await (await openNetwork(whole, input)).run(pixels, ['out'])).out!.dims, [1, 5])
      const features = removeClassifier(whole)!
      assert.ok(features.length < whole.length)
      const network = await openNetwork(features, input)
      const { data, dims } = (await network.run(pixels, [network.firstOutput]))[network.firstOutput]!
      assert.deepEqual(dims, [1, 64])
      const inner = smallResnet((x) => ({ nodes: [makeNode('Identity', [x], 'out')], tensors: [], output: 'out' }))
      const expected = (await (await openNetwork(inner, input)).run(pixels, ['out'])).out!.data
      // Eight bits hold 0 to 12.75 at this scale, in steps of 0.05.
      const limited = name.includes('quantized') ? expected.map((v) => Math.max(0, Math.min(12.75, v))) : expected
      const largest = Math.max(...data.map((v, i) => Math.abs(v - limited[i]!)))
      assert.ok(largest < (name.includes('quantized') ? 0.03 : 1e-6), `off by ${largest}`)
      assert.ok(data.some((v) => v > 0.1))
    })

test('a product that something else follows is no classifier', async () => {
  const ending = ENDINGS['Gemm, as in resnet50-v1']!
  const whole = smallResnet((x) => {
    const { nodes, tensors } = ending(x)
    // The same features beside the classes.
    return { nodes: [...nodes, makeNode('Concat', ['out', x], 'both', { axis: 1 })], tensors, output: 'both' }
  })
  assert.equal(removeClassifier(whole), null)
  const both = (await (await openNetwork(whole, input)).run(pixels, ['both'])).both!
  assert.equal(both.dims[1], 69)
})

test('a network without a classifier is left as it is; what is no network is refused', () => {
  const features = removeClassifier(smallResnet(ENDINGS['Gemm, as in resnet50-v1']!))!
  assert.equal(removeClassifier(features), null)
  assert.throws(() => removeClassifier(Uint8Array.from([8, 200, 1])), /./)
})
