// The file that `backbone add photos` downloads: what the TFLite runtime computes.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { openOnnx } from '../../../../models/backbones/onnx-engine.ts'
import { convertTflite } from '../../../../models/backbones/tflite/convert.ts'
import { photos, photosFile, skipWithoutPhotos as skip } from '../../../support/real-weights.ts'

const SIDE = 224

test('photos is the file of the catalogue, and becomes a network of 1,280 features', { skip }, async () => {
  const bytes = readFileSync(photosFile)
  assert.equal(bytes.length, photos.bytes)
  assert.equal(createHash('sha256').update(bytes).digest('hex'), photos.sha256)
  const { onnx, input, channels } = convertTflite(bytes)
  assert.deepEqual([input.width, input.height, channels], [SIDE, SIDE, 1280])
  const network = await openOnnx(onnx, input)
  // Rings of colour.
  const pixels = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, i) => {
    const [y, x, c] = [Math.floor(i / 3 / SIDE) - SIDE / 2, (Math.floor(i / 3) % SIDE) - SIDE / 2, i % 3]
    return 128 + Math.round(100 * Math.sin(Math.hypot(x, y) / (6 + 4 * c)))
  })
  const { data } = (await network.run(pixels, ['features'])).features!
  assert.ok(data.every(Number.isFinite))
  for (const [feature, value] of REFERENCE)
    assert.ok(
      Math.abs(data[feature]! - value) < TOLERANCE,
      `feature ${feature}: expected ${value}, received ${data[feature]}`,
    )
})

/** Some features of those rings as the TFLite runtime computes them, in 8 bits throughout (tfjs-tflite 0.0.1-alpha.10), hence the tolerance. */
const REFERENCE = [
  [631, 4.769],
  [1060, 4.769],
  [1197, 4.636],
  [1021, 4.407],
  [994, 4.388],
  [389, 4.254],
  [55, 3.911],
  [766, 3.892],
  [595, 3.816],
  [401, 3.777],
] as const
const TOLERANCE = 0.25
