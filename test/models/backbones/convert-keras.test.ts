import assert from 'node:assert/strict'
import { test } from 'node:test'
import { convertKerasModel } from '../../../models/backbones/convert-keras.ts'
import { readNsfwjs } from '../../../models/backbones/nsfwjs.ts'
import { openNetwork } from '../../../models/backbones/open-network.ts'
import { InputDescription } from '../../../models/backbones/registry.ts'
import { encodeModel } from '../../../models/onnx/protobuf.ts'

/** Pixels on a side. */
const SIDE = 299

test('Inception V3 up to mixed7: 768 features that differ from picture to picture', async () => {
  const input = InputDescription.parse({ width: SIDE, height: SIDE, type: 'uint8', layout: 'nhwc' })
  const model = convertKerasModel(readNsfwjs('inception_v3', 6), { lastLayer: 'mixed7', size: SIDE, channels: 768 })
  const network = await openNetwork(encodeModel(model), input)
  const extract = async (valueAt: (i: number) => number) => {
    const pixels = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, i) => valueAt(i))
    return (await network.run(pixels, ['features'])).features!
  }
  const [a, b] = [await extract((i) => (i * 7919) % 251), await extract((i) => (i / 900) % 256)]
  assert.deepEqual(a.dims, [1, 768])
  assert.ok(a.data.every((v) => v >= 0 && v < 50))
  assert.ok(a.data.some((v, i) => Math.abs(v - b.data[i]!) > 0.1))
})

test('a layer that is not there is named', () => {
  const source = readNsfwjs('inception_v3', 6)
  assert.throws(
    () => convertKerasModel(source, { lastLayer: 'mixed99', size: SIDE, channels: 768 }),
    /Expected a layer called mixed99, found none/,
  )
})
