import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toNetworkInput } from '../../../models/backbones/pixels.ts'
import { InputDescription } from '../../../models/backbones/registry.ts'

const size = { width: 16, height: 16 }
const AREA = 256
const pixels = Uint8Array.from({ length: AREA * 3 }, (_, i) => (i * 31) % 256)

test('bytes in the order of the picture are passed on as they are', () => {
  const input = InputDescription.parse({ ...size, type: 'uint8', layout: 'nhwc' })
  const { data, dims } = toNetworkInput(pixels, input)
  assert.equal(data, pixels)
  assert.deepEqual(dims, [1, 16, 16, 3])
})

test('channels first: one plane a channel, in the order that the network takes', () => {
  for (const [order, channels] of [
    ['rgb', [0, 1, 2]],
    ['bgr', [2, 1, 0]],
  ] as const) {
    const { data, dims } = toNetworkInput(pixels, InputDescription.parse({ ...size, type: 'uint8', order }))
    assert.deepEqual(dims, [1, 3, 16, 16])
    for (const [plane, channel] of channels.entries())
      assert.deepEqual([data[plane * AREA], data[plane * AREA + 7]], [pixels[channel], pixels[7 * 3 + channel]])
  }
})

test('floats are scaled to [0, 1], centred, and divided by the deviation of their channel', () => {
  const mean = [0.1, 0.2, 0.3]
  const deviation = [0.5, 0.25, 2]
  const input = InputDescription.parse({ ...size, layout: 'nhwc', mean, deviation })
  const { data } = toNetworkInput(pixels, input)
  for (let c = 0; c < 3; c++) {
    const expected = (pixels[30 + c]! / 255 - mean[c]!) / deviation[c]!
    assert.ok(Math.abs(data[30 + c]! - expected) < 1e-5)
  }
})
