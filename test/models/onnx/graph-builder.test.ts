import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { GraphBuilder } from '../../../models/onnx/graph-builder.ts'
import { ELEMENT_TYPE, type OnnxModel } from '../../../models/onnx/model.ts'
import { valueInfo } from '../../../models/onnx/nodes.ts'
import { decodeModel, encodeModel } from '../../../models/onnx/protobuf.ts'

const emptyModel = (): OnnxModel => ({
  irVersion: 8,
  producerName: 'test',
  opsetImport: [{ domain: '', version: 13 }],
  graph: { name: 'g', node: [], initializer: [], input: [valueInfo('x', ELEMENT_TYPE.float32, ['N', 4])], output: [] },
})

test('operations that are appended run, constants and shapes included', async () => {
  const model = emptyModel()
  const graph = new GraphBuilder(model)
  const sum = graph.add('Add', ['x', graph.constant([4], [1, 2, 3, 4])])
  graph.add('Identity', [graph.reshape(sum, [0, 2, -1])], {}, 'result')
  model.graph.output.push(valueInfo('result', ELEMENT_TYPE.float32, ['N', 2, 2]))
  const session = await InferenceSession.create(encodeModel(model))
  const { result } = await session.run({ x: new Tensor('float32', Float32Array.of(10, 20, 30, 40), [1, 4]) })
  assert.deepEqual(result!.dims, [1, 2, 2])
  assert.deepEqual(result!.data, Float32Array.of(11, 22, 33, 44))
})

test('a model that was built so, and read again, is appended to: no name is given twice', async () => {
  const first = emptyModel()
  const before = new GraphBuilder(first)
  before.add('Add', ['x', before.constant([4], [1, 2, 3, 4])])
  const model = decodeModel(encodeModel(first))
  const after = new GraphBuilder(model)
  after.add('Mul', [model.graph.node[0]!.output[0]!, after.constant([1], [2])], {}, 'result')
  model.graph.output.push(valueInfo('result', ELEMENT_TYPE.float32, ['N', 4]))
  const session = await InferenceSession.create(encodeModel(model))
  const { result } = await session.run({ x: new Tensor('float32', Float32Array.of(10, 20, 30, 40), [1, 4]) })
  assert.deepEqual(result!.data, Float32Array.of(22, 44, 66, 88))
})

test('the operator set of classical machine learning is declared once', () => {
  const model = emptyModel()
  const graph = new GraphBuilder(model)
  const normal = graph.addClassical('Normalizer', ['x'], { norm: 'L2' })
  graph.addClassical('Normalizer', [normal], { norm: 'L1' })
  assert.deepEqual(
    model.opsetImport.map((o) => o.domain),
    ['', 'ai.onnx.ml'],
  )
  assert.notEqual(model.graph.node[0]!.output[0], model.graph.node[1]!.output[0])
})

test('a model is read as it was written; other bytes are refused', () => {
  const model = emptyModel()
  const graph = new GraphBuilder(model)
  graph.add('Clip', ['x'], { ints: [1, 2], text: 'a', real: { float: 0.5 }, reals: { floats: [1.5] } })
  const read = decodeModel(encodeModel(model))
  assert.equal(read.graph.node[0]!.opType, 'Clip')
  assert.deepEqual(
    read.graph.node[0]!.attribute.map((a) => [a.name, a.type]),
    [
      ['ints', 7],
      ['text', 3],
      ['real', 1],
      ['reals', 6],
    ],
  )
  // A number that is cut off.
  assert.throws(() => decodeModel(Uint8Array.of(8, 200)), RangeError)
})
