// A layers model of TensorFlow.js gives what TensorFlow.js gives.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { type Tensor, tensor } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { convertLayersModel } from '../../../../models/backbones/layers/convert-layers.ts'
import { isLayersModel } from '../../../../models/backbones/layers/read-layers.ts'
import { BackboneError } from '../../../../models/backbones/network.ts'
import { openOnnx } from '../../../../models/backbones/onnx-engine.ts'
import { teachableMachine } from '../../../support/teachable-machine.ts'

let machine: Awaited<ReturnType<typeof teachableMachine>>
before(async () => {
  machine = await teachableMachine()
})

/** Everything that `convertLayersModel` may refuse a model with. */
const refused = (model: unknown, weights: Uint8Array, message: RegExp): void =>
  assert.throws(() => convertLayersModel({ model, weights }), { name: 'BackboneError', message })

test('an export of Teachable Machine: the network before its own dense layers, on pixels from -1 to 1', async () => {
  const { backbone, json, weights, side } = machine
  const { onnx, input } = convertLayersModel({ model: json, weights })
  assert.deepEqual([input.width, input.height, input.type], [side, side, 'uint8'])
  const pixels = Uint8Array.from({ length: side * side * 3 }, (_, i) => (i * 7919) % 251)
  const { data, dims } = (await (await openOnnx(onnx, input)).run(pixels, ['features'])).features!
  assert.deepEqual(dims, [1, 20])
  const real = tensor(
    Float32Array.from(pixels, (v) => v / 127.5 - 1),
    [1, side, side, 3],
  )
  const wanted = await (backbone.predict(real) as Tensor).data()
  assert.ok(wanted.some((v) => v > 0.1 && v < 6))
  for (const [i, v] of wanted.entries()) assert.ok(Math.abs(data[i]! - v) < 1e-4, `feature ${i}: ${v}, ${data[i]}`)
})

test('weights in 8 bits, as the converter of TensorFlow.js quantizes them', async () => {
  const { json, weights } = machine
  const floats = new Float32Array(weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength))
  const [least, most] = [Math.min(...floats), Math.max(...floats)]
  const scale = (most - least) / 255
  const bytes = Uint8Array.from(floats, (v) => Math.round((v - least) / scale))
  const quantization = { dtype: 'uint8', scale, min: least }
  const [group] = json.weightsManifest
  const model = {
    ...json,
    weightsManifest: [{ ...group, weights: group!.weights.map((w) => ({ ...w, quantization })) }],
  }
  const { onnx, input } = convertLayersModel({ model, weights: bytes })
  const { data } = (await (await openOnnx(onnx, input)).run(new Uint8Array(32 * 32 * 3), ['features'])).features!
  assert.equal(data.length, 20)
  assert.ok(data.every(Number.isFinite))
})

test('models that are damaged or have other layers', () => {
  const { json, weights } = machine
  const changed = (change: (text: string) => string): unknown => JSON.parse(change(JSON.stringify(json)))
  refused({}, weights, /Expected a layers model/)
  refused(json, weights.subarray(0, -4), /bytes of weights/)
  refused(json, Buffer.concat([weights, Buffer.alloc(4)]), /bytes of weights/)
  refused(
    changed((t) => t.replaceAll('"DepthwiseConv2D"', '"LSTM"')),
    weights,
    /received LSTM/,
  )
  refused(
    changed((t) => t.replaceAll('GlobalAveragePooling2D', 'Flatten')),
    weights,
    /./,
  )
  refused(
    changed((t) => t.replace('"Conv1_pad",0,0', '"block_add",0,0')),
    weights,
    /before what takes it/,
  )
  refused(
    changed((t) => t.replaceAll('Conv1/kernel', 'Conv9/kernel')),
    weights,
    /Expected weights called Conv1\/kernel/,
  )
  refused(
    changed((t) => t.replace('[null,32,32,3]', '[null,5,5,3]')),
    weights,
    /Expected a layers model/,
  )
})

test('windows that do not fit, and more work than a picture is worth', () => {
  const { json, weights } = machine
  const changed = (from: string, to: string): unknown => JSON.parse(JSON.stringify(json).replaceAll(from, to))
  const tiny = JSON.stringify(json).replace('[null,32,32,3]', '[null,16,16,3]')
  refused(
    JSON.parse(tiny.replace('"kernel_size":[3,3]', '"kernel_size":[60,60]')),
    weights,
    /Expected a window within 17 × 17/,
  )
  // Weights of 4096 channels for each of 1024 x 1024 places.
  const [group] = json.weightsManifest
  const kernels = group!.weights.map((w) => (w.name === 'project/kernel' ? { ...w, shape: [1, 1, 8, 1 << 14] } : w))
  const more = ((1 << 14) - 8) * 8 * 4
  const model = {
    ...(changed('[null,32,32,3]', '[null,1024,1024,3]') as object),
    weightsManifest: [{ weights: kernels }],
  }
  refused(model, Buffer.concat([weights, Buffer.alloc(more)]), /multiplications/)
})

test('a graph model is another thing', () => {
  assert.ok(isLayersModel(machine.json))
  for (const json of [{ modelTopology: { node: [] } }, {}, null, [], 'text']) assert.ok(!isLayersModel(json))
})

test('characters that are changed: refused or converted, nothing else', () => {
  const text = JSON.stringify(machine.json)
  const changes = fc.array(fc.tuple(fc.nat(text.length - 1), fc.constantFrom(...'0123456789abtf"[]{},')), {
    minLength: 1,
    maxLength: 4,
  })
  fc.assert(
    fc.property(changes, (places) => {
      const characters = [...text]
      for (const [at, character] of places) characters[at] = character
      let model: unknown
      try {
        model = JSON.parse(characters.join(''))
      } catch {
        return
      }
      try {
        convertLayersModel({ model, weights: machine.weights })
      } catch (error) {
        assert.ok(error instanceof BackboneError, String(error))
      }
    }),
    { numRuns: 500 },
  )
})
