import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openExtractor } from '../../../models/backbones/extractor.ts'
import { BackboneError } from '../../../models/backbones/network.ts'
import { openNetwork } from '../../../models/backbones/open-network.ts'
import { InputDescription } from '../../../models/backbones/registry.ts'
import { smallNetwork } from '../../support/small-network.ts'

const folder = mkdtempSync(join(tmpdir(), 'mekiki-extractor-'))
const file = join(folder, 'small.onnx')
const input = InputDescription.parse({ width: 64, height: 64 })
const pixels = Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919) % 251)

before(() => writeFileSync(file, smallNetwork()))
after(() => rmSync(folder, { recursive: true }))

test('an output with height and width is averaged over the picture', async () => {
  const extractor = await openExtractor({ id: 'small@1', file, input })
  const { features, rank } = await extractor.extract(pixels)
  const { data, dims } = (await (await openNetwork(file, input)).run(pixels, ['patches'])).patches!
  assert.deepEqual([rank, dims], [4, [1, 13, 8, 8]])
  assert.equal(features.length, 13)
  for (const [c, value] of features.entries()) {
    const mean = data.subarray(64 * c, 64 * (c + 1)).reduce((a, b) => a + b, 0) / 64
    assert.ok(Math.abs(value - mean) < 1e-5)
  }
})

test('a file that is missing or no network, and pixels of another size, are backbone errors', async () => {
  await assert.rejects(openExtractor({ id: 'none@1', file: join(folder, 'none.onnx'), input }), BackboneError)
  await assert.rejects(openNetwork(Uint8Array.of(1, 2, 3), input), BackboneError)
  const wrong = InputDescription.parse({ width: 32, height: 64 })
  const extractor = await openExtractor({ id: 'small@1', file, input: wrong })
  await assert.rejects(extractor.extract(pixels.subarray(0, 32 * 64 * 3)), BackboneError)
})
