// What is converted computes what plain loops over the same graph compute.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openOnnx } from '../../../../models/backbones/onnx-engine.ts'
import { convertTflite } from '../../../../models/backbones/tflite/convert.ts'
import { type Field, writeFlatbuffer } from '../../../support/flatbuffer.ts'
import { GraphOf, type Stored, smallMobileNet } from '../../../support/small-tflite.ts'
import { type TestGraph, writeTflite } from '../../../support/tflite-file.ts'
import { computeTflite } from '../../../support/tflite-reference.ts'

const pixelsOf = (graph: TestGraph): Uint8Array =>
  Uint8Array.from({ length: graph.tensors[graph.input]!.shape.reduce((a, b) => a * b, 1) }, (_, i) => (i * 7919) % 251)

const convertAndRun = (graph: TestGraph, scale?: Parameters<typeof convertTflite>[1]): Promise<Float32Array> =>
  runFile(graph, writeTflite(graph), scale)

async function runFile(
  graph: TestGraph,
  bytes: Uint8Array,
  scale?: Parameters<typeof convertTflite>[1],
): Promise<Float32Array> {
  const { onnx, input, channels } = convertTflite(bytes, scale)
  assert.equal(input.type, 'uint8')
  const { data, dims } = (await (await openOnnx(onnx, input)).run(pixelsOf(graph), ['features'])).features!
  assert.deepEqual(dims, [1, channels])
  return data
}

/** The mean over the picture of what plain loops give for a tensor. */
const expected = (graph: TestGraph, tensor: number, pixels: Uint8Array | Float64Array = pixelsOf(graph)): number[] =>
  meansOf(computeTflite(graph, pixels, tensor), graph.tensors[tensor]!.shape.at(-1)!)

function meansOf(values: Float64Array, channels: number): number[] {
  const means = Array<number>(channels).fill(0)
  for (const [i, v] of values.entries()) means[i % channels]! += (v * channels) / values.length
  return means
}

function assertClose(actual: Float32Array, wanted: number[]): void {
  assert.equal(actual.length, wanted.length)
  const largest = Math.max(...wanted.map(Math.abs))
  assert.ok(largest > 0.01, 'the features are not all zero')
  for (const [i, v] of wanted.entries())
    assert.ok(Math.abs(actual[i]! - v) < 1e-5 * (1 + largest), `feature ${i}: expected ${v}, received ${actual[i]}`)
}

for (const stored of ['channel', 'tensor', 'float32', 'float16'] satisfies Stored[])
  test(`a classifier with weights by ${stored}`, async () => {
    const { graph, features } = smallMobileNet(stored)
    const isFloat = graph.tensors[graph.input]!.type === 'float32'
    const real = isFloat ? Float64Array.from(pixelsOf(graph), (v) => v / 127.5 - 1) : pixelsOf(graph)
    const wanted = expected(graph, features, real)
    // A half holds 11 bits of what the plain loops have.
    if (stored === 'float16') {
      const actual = await convertAndRun(graph)
      for (const [i, v] of wanted.entries()) assert.ok(Math.abs(actual[i]! - v) < 5e-3, `${actual[i]}, ${v}`)
    } else assertClose(await convertAndRun(graph), wanted)
  })

test('how pixels become numbers: from the file where it takes integers, as told where it takes floats', async () => {
  const { graph, features } = smallMobileNet('float32')
  const scale = { mean: [0.4, 0.5, 0.6], deviation: [0.2, 0.25, 0.3] }
  const real = Float64Array.from(pixelsOf(graph), (v, i) => (v / 255 - scale.mean[i % 3]!) / scale.deviation[i % 3]!)
  assertClose(await convertAndRun(graph, scale), expected(graph, features, real))
  const signed = smallMobileNet('channel')
  Object.assign(signed.graph.tensors[signed.graph.input]!, { type: 'int8', scale: [0.01], zeroPoint: [-3] })
  // Stored as pixel - 128.
  const stored = Float64Array.from(pixelsOf(signed.graph), (v) => v - 128)
  assertClose(await convertAndRun(signed.graph), expected(signed.graph, signed.features, stored))
})

test('metadata in the file say how pixels become floats, one number for all colours or three', async () => {
  const { graph, features } = smallMobileNet('float32')
  const metadataOf = (mean: number[], deviation: number[]): Uint8Array => {
    const unit: Field[] = [{ int: 1 }, { table: [{ floats: mean }, { floats: deviation }] }]
    const tensor: Field[] = [null, null, null, null, { tables: [unit] }]
    return writeFlatbuffer('M001', [null, null, null, { tables: [[null, null, { tables: [tensor] }]] }])
  }
  const real = (mean: number[], deviation: number[]): Float64Array =>
    Float64Array.from(pixelsOf(graph), (v, i) => (v - mean[i % 3]!) / deviation[i % 3]!)
  const one = writeTflite(graph, { metadata: metadataOf([100], [80]) })
  assertClose(await runFile(graph, one), expected(graph, features, real([100, 100, 100], [80, 80, 80])))
  const three = writeTflite(graph, { metadata: metadataOf([100, 110, 120], [50, 60, 70]) })
  assertClose(await runFile(graph, three), expected(graph, features, real([100, 110, 120], [50, 60, 70])))
  const none = writeTflite(graph, { metadata: metadataOf([], []) })
  assertClose(await runFile(graph, none), expected(graph, features, real([127.5, 127.5, 127.5], [127.5, 127.5, 127.5])))
  const bad = writeTflite(graph, { metadata: Buffer.from('no flatbuffer at all') })
  assert.throws(() => convertTflite(bad), { name: 'BackboneError' })
})

test('the other operations: pooling, concatenation, padding, products, steps, groups and shapes', async () => {
  const g = new GraphOf('channel')
  const picture = g.picture(24)
  const padded = g.layer({
    op: 'PAD',
    inputs: [picture, g.integers([0, 0, 0, 1, 2, 1, 0, 0], [4, 2])],
    shape: [1, 25, 27, 3],
  })
  const a = g.convolution(padded, 3, [1, 12, 13, 6], { strides: [2, 2], activation: 'RELU' })
  const far = g.convolution(a, 3, [1, 12, 13, 6], { same: true, dilations: [2, 2] })
  const most = g.layer({
    op: 'MAX_POOL_2D',
    inputs: [far],
    shape: [1, 6, 7, 6],
    options: { same: true, strides: [2, 2], window: [3, 3] },
  })
  const average = g.layer({
    op: 'AVERAGE_POOL_2D',
    inputs: [far],
    shape: [1, 6, 7, 6],
    options: { same: true, strides: [2, 2], window: [3, 2] },
  })
  const both = g.layer({ op: 'CONCATENATION', inputs: [most, average], shape: [1, 6, 7, 12], options: { axis: 3 } })
  const doubled = g.depthwise(both, 3, [1, 6, 7, 24], { same: true })
  const swish = g.layer({ op: 'HARD_SWISH', inputs: [doubled], shape: [1, 6, 7, 24] })
  const gate = g.layer({
    op: 'LOGISTIC',
    inputs: [g.convolution(g.mean(swish), 1, [1, 1, 1, 24])],
    shape: [1, 1, 1, 24],
  })
  const gated = g.layer({ op: 'MUL', inputs: [swish, gate], shape: [1, 6, 7, 24] })
  const shift = g.tensor({
    shape: [24],
    type: 'int8',
    values: Array.from({ length: 24 }, (_, i) => i - 12),
    scale: [0.1],
  })
  const less = g.layer({ op: 'SUB', inputs: [gated, shift], shape: [1, 6, 7, 24] })
  // A constant of a picture's shape, and groups of two channels.
  const place = g.tensor({
    shape: [1, 6, 7, 24],
    type: 'float32',
    values: Array.from({ length: 6 * 7 * 24 }, (_, i) => Math.sin(i)),
  })
  const moved = g.layer({
    op: 'ADD',
    inputs: [place, less],
    shape: [1, 6, 7, 24],
    options: { activation: 'RELU_N1_TO_1' },
  })
  const grouped = g.layer({
    op: 'CONV_2D',
    inputs: [moved, g.weights([12, 1, 1, 2], 0, 1), g.bias(12)],
    shape: [1, 6, 7, 12],
    options: { activation: 'RELU6' },
  })
  const flat = g.layer({ op: 'RESHAPE', inputs: [grouped, g.integers([1, 504])], shape: [1, 504] })
  const hidden = g.dense(flat, 20, { activation: 'RELU' })
  const graph = g.end(picture, g.dense(hidden, 4))
  assertClose(await convertAndRun(graph), expected(graph, hidden))
})

test('a quantized output that begins at zero is a ReLU, even where the converter dropped it', async () => {
  const { graph, features } = smallMobileNet('channel')
  const operator = graph.operators.find(({ output }) => output === features)!
  operator.options = { ...operator.options, activation: 'NONE' }
  const plain = computeTflite(graph, pixelsOf(graph), features)
  const most = Math.max(...plain) / 2
  assert.ok(plain.some((v) => v < -most / 10))
  Object.assign(graph.tensors[features]!, { type: 'int8', scale: [most / 255], zeroPoint: [-128] })
  const clipped = plain.map((v) => Math.min(Math.max(v, 0), most))
  assertClose(await convertAndRun(graph), meansOf(clipped, graph.tensors[features]!.shape[3]!))
})
