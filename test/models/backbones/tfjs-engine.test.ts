// The engine for graph models of TensorFlow.js, on its parts in plain JavaScript: the native library has the same functions.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import '@tensorflow/tfjs-backend-cpu'
import { loadGraphModel } from '@tensorflow/tfjs-converter'
import * as core from '@tensorflow/tfjs-core'
import { readNsfwjs } from '../../../models/backbones/nsfwjs.ts'
import { openNetwork } from '../../../models/backbones/open-network.ts'
import { EMBEDDED, InputDescription } from '../../../models/backbones/registry.ts'
import { openTfjs, type Tensorflow } from '../../../models/backbones/tfjs-engine.ts'

const folder = mkdtempSync(join(tmpdir(), 'mekiki-tfjs-'))
const file = join(folder, 'model.json')
const tf = { ...core, loadGraphModel } as unknown as Tensorflow
const CUT = 'MobilenetV2/expanded_conv_13/expand/Relu6'

before(() => {
  const { model, weights } = readNsfwjs('mobilenet_v2_mid', 2)
  const { weightsManifest, ...rest } = model as { weightsManifest: { weights: object[] }[] }
  writeFileSync(
    file,
    JSON.stringify({ ...rest, weightsManifest: [{ ...weightsManifest[0], paths: ['a.bin', 'b.bin'] }] }),
  )
  writeFileSync(join(folder, 'a.bin'), weights.subarray(0, 1_000_001))
  writeFileSync(join(folder, 'b.bin'), weights.subarray(1_000_001))
})
after(() => rmSync(folder, { recursive: true }))

test('a graph model with its shards gives what the same network gives in ONNX', async () => {
  await core.setBackend('cpu')
  const pixels = Uint8Array.from({ length: 224 * 224 * 3 }, (_, i) => (i * 7919) % 251)
  const input = InputDescription.parse({ width: 224, height: 224, layout: 'nhwc' })
  const { modelTopology } = readNsfwjs('mobilenet_v2_mid', 2).model as { modelTopology: { node: { name: string }[] } }
  const name = modelTopology.node.find((n) => n.name.endsWith(CUT))!.name
  const { data, dims } = (await (await openTfjs(tf, file, input)).run(pixels, [name]))[name]!
  assert.deepEqual(dims, [1, 816, 14, 14])
  const expected = (await (await openNetwork(EMBEDDED.file, EMBEDDED.input)).run(pixels, ['features'])).features!.data
  for (let c = 0; c < 816; c += 5) {
    const mean = data.subarray(c * 196, (c + 1) * 196).reduce((a, b) => a + b, 0) / 196
    assert.ok(Math.abs(mean - expected[c]!) < 1e-3, `channel ${c}: ${mean} and ${expected[c]}`)
  }
})

test('without the native library the error says what to install', async () => {
  await assert.rejects(openNetwork(file, EMBEDDED.input), /npm install @tensorflow\/tfjs-node/)
})
