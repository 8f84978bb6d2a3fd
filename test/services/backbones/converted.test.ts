// Networks of other formats become backbones, or are refused without a trace.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { strToU8, zipSync } from 'fflate'
import { CATALOGUE } from '../../../models/backbones/catalogue.ts'
import { EMBEDDED } from '../../../models/backbones/registry.ts'
import { listBackbones } from '../../../src/db/backbones.ts'
import { toBackboneName } from '../../../src/services/backbones/backbone-id.ts'
import { catalogueId, factsOf, listInstallable } from '../../../src/services/backbones/facts.ts'
import { findBackbone, installBackbone } from '../../../src/services/backbones/install.ts'
import { runToEnd } from '../../../src/workers/shared-task.ts'
import { type App, openApp } from '../../support/app.ts'
import { photos, photosFile, skipWithoutPhotos } from '../../support/real-weights.ts'
import { smallMobileNet } from '../../support/small-tflite.ts'
import { teachableMachine } from '../../support/teachable-machine.ts'
import { writeTflite } from '../../support/tflite-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'mekiki-converted-'))
const tflite = writeTflite(smallMobileNet('channel').graph)
let app: App
before(async () => {
  app = await openApp(join(folder, 'data'))
})
after(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

function write(name: string, content: Uint8Array | string): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}
const install = (which: string, source = {}) => runToEnd(installBackbone(app, which, source))
const addedFiles = (): string[] => readdirSync(app.backboneFolder, { recursive: true }).map(String).sort()

test('a TFLite file is a backbone by its name, without a description; nothing in the name separates names', async () => {
  const added = await install(write('My net, a+b@2.tflite', tflite))
  assert.match(added.id, /^My-net-a-b-2@[0-9a-f]{12}$/)
  assert.deepEqual([added.input.width, added.input.type, added.input.layout], [20, 'uint8', 'nhwc'])
  assert.equal((await install('My-net-a-b-2')).id, added.id)
  assert.equal(factsOf(added.id), null)
  const [features] = await app.inferencePool(added).embed(await picture(), ['plain'])
  assert.equal(features!.length, 12)
})

test('no name of the catalogue holds what separates names', () => {
  const names = [...listInstallable([]).map(({ name }) => name), EMBEDDED.id.replace(/@.*/, '')]
  assert.ok(names.includes('photos') && names.length > 5)
  for (const name of names) assert.equal(toBackboneName(name), name)
})

test('another description gives another id', async () => {
  const file = write('bgr.tflite', tflite)
  const plain = await install(file)
  const input = write('bgr-input.json', '{"order":"bgr"}')
  const other = await install(file, { input })
  assert.notEqual(other.id, plain.id)
  assert.equal(other.input.order, 'bgr')
  await assert.rejects(install(file, { input: write('half.json', '{"mean":[0,0,0]}') }), {
    code: 'backbone.no-description',
  })
  await assert.rejects(install(file, { input: join(folder, 'none.json') }), { code: 'backbone.no-description' })
})

test('a file that the catalogue knows by its hash is that entry, whatever it is called', async () => {
  const entry = { ...CATALOGUE[0]!, name: 'listed', sha256: createHash('sha256').update(tflite).digest('hex') }
  CATALOGUE.push(entry)
  try {
    const added = await install(write('download (3)', tflite))
    assert.equal(added.id, catalogueId(entry))
    assert.match(added.id, /^listed@/)
    assert.equal(factsOf(added.id)?.licence, 'Apache-2.0')
    assert.equal((await findBackbone(app, 'listed'))?.id, added.id)
  } finally {
    CATALOGUE.pop()
  }
})

test('a name of the catalogue is only that entry: a file that is called so is another backbone', async () => {
  const other = await install(write('photos.tflite', tflite))
  assert.match(other.id, /^photos@/)
  assert.equal(await findBackbone(app, 'photos'), null)
  assert.equal((await findBackbone(app, other.id))?.id, other.id)
})

test('exports of Teachable Machine: archives of TFLite and TensorFlow.js, and a folder with model.json', async () => {
  const { json, weights } = await teachableMachine()
  const labels = strToU8('0 cat\n1 dog\n')
  const lite = await install(
    write('converted_tflite.zip', zipSync({ 'labels.txt': labels, 'model_unquant.tflite': tflite })),
  )
  assert.match(lite.id, /^converted_tflite@/)
  const files = { 'model.json': strToU8(JSON.stringify(json)), 'weights.bin': weights, 'metadata.json': labels }
  const zipped = await install(write('tm-my-image-model.zip', zipSync(files)))
  mkdirSync(join(folder, 'export'))
  for (const [name, content] of Object.entries(files)) write(join('export', name), content)
  const loose = await install(join(folder, 'export'))
  assert.match(loose.id, /^model@/)
  const features = await Promise.all(
    [zipped, loose].map(async (backbone) => (await app.inferencePool(backbone).embed(await picture(), ['plain']))[0]!),
  )
  assert.equal(features[0]!.length, 20)
  assert.deepEqual(features[0], features[1])
  // The id is of the weights, too: they are in another file.
  write('export/weights.bin', Uint8Array.from(weights).fill(0, 0, 4))
  assert.notEqual((await install(join(folder, 'export/model.json'))).id, loose.id)
})

test('what cannot be used says why, and leaves everything as it was', async () => {
  const { json, weights } = await teachableMachine()
  const files = addedFiles()
  const backbones = (await listBackbones(app.db)).map(({ id }) => id)
  const damaged = Uint8Array.from(tflite)
  damaged.fill(255, 8, 200)
  const archive = (content: Record<string, Uint8Array>) => zipSync(content, { level: 1 })
  const model = strToU8(JSON.stringify(json))
  const elsewhere = JSON.stringify(json).replace('./weights.bin', '../weights.bin')
  const bad: [name: string, content: Uint8Array | string, message: RegExp][] = [
    ['damaged.tflite', damaged, /Expected/],
    ['zeros.tflite', new Uint8Array(100_000_000), /Expected a TFLite file/],
    ['empty.tflite', '', /Expected a TFLite file/],
    ['no.zip', 'no archive', /Expected a ZIP archive/],
    ['cut.zip', archive({ 'a.tflite': tflite }).subarray(0, 900), /Expected a ZIP archive/],
    ['keras.zip', archive({ 'keras_model.h5': model, 'labels.txt': model }), /received a Keras model/],
    ['two.zip', archive({ 'a.tflite': tflite, 'b.tflite': tflite }), /Expected one TFLite file/],
    ['other.zip', archive({ 'a.txt': model }), /found 1 other files/],
    ['lost.zip', archive({ 'model.json': model }), /Expected the weights weights.bin/],
    ['short.zip', archive({ 'model.json': model, 'weights.bin': weights.subarray(4) }), /bytes of weights/],
    ['outside.json', elsewhere, /Expected weights beside model.json/],
    ['gone.json', JSON.stringify(json), /Expected the weights beside/],
    ['text.json', 'not JSON', /Expected JSON/],
    ['keras_model.h5', model, /export it as one of these/],
  ]
  mkdirSync(join(folder, 'empty folder'))
  await assert.rejects(install(join(folder, 'empty folder')), { code: 'backbone.not-found' })
  for (const [name, content, message] of bad)
    await assert.rejects(install(write(name, content)), { name: 'UserError', code: 'backbone.unusable', message }, name)
  assert.deepEqual(addedFiles(), files)
  assert.deepEqual(
    (await listBackbones(app.db)).map(({ id }) => id),
    backbones,
  )
  assert.equal(backbones[0], EMBEDDED.id)
})

test('a network whose numbers are not finite is refused, and its file goes', async () => {
  const { graph } = smallMobileNet('float32')
  for (const tensor of graph.tensors)
    if (tensor.values && tensor.type === 'float32') tensor.values = tensor.values.map(() => 3e38)
  for (const { options } of graph.operators) if (options) delete options.activation
  const files = addedFiles()
  await assert.rejects(install(write('infinite.tflite', writeTflite(graph))), {
    code: 'backbone.unusable',
    message: /finite numbers/,
  })
  assert.deepEqual(addedFiles(), files)
})

test('by address: the hash is checked before anything is read, and no description is needed', async () => {
  let content = tflite
  const server = createServer((_, response) => void response.end(content))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/nets/far%2Baway.tflite?raw=true`
  const sha256 = createHash('sha256').update(tflite).digest('hex')
  try {
    await assert.rejects(install(url), { code: 'backbone.hash-missing' })
    content = Uint8Array.from(tflite).fill(1, 4000, 4100)
    await assert.rejects(install(url, { sha256 }), { code: 'backbone.hash-mismatch' })
    content = tflite
    assert.match((await install(url, { sha256 })).id, /^far-away@/)
    // An address without an end to its name.
    assert.match((await install(url.replace('far%2Baway.tflite', 'net'), { sha256 })).id, /^net@/)
  } finally {
    server.close()
  }
})

test('the real file of photos, by its path, is photos', { skip: skipWithoutPhotos }, async () => {
  const copy = write('downloaded elsewhere.tflite', readFileSync(photosFile))
  const added = await install(copy)
  assert.equal(added.id, catalogueId(photos))
  assert.equal((await findBackbone(app, 'photos'))?.id, added.id)
  assert.equal(factsOf(added.id)?.bytes, photos.bytes)
})

async function picture(): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp')
  const pixels = Uint8Array.from({ length: 40 * 40 * 3 }, (_, i) => (i * 7919) % 251)
  return new Uint8Array(
    await sharp(pixels, { raw: { width: 40, height: 40, channels: 3 } })
      .png()
      .toBuffer(),
  )
}
