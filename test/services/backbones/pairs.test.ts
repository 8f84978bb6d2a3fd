// A dataset of two backbones when something goes wrong: the active version stays and answers, or the error says what to do.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { type Backbone, EMBEDDED } from '../../../models/backbones/registry.ts'
import { floatTensor, makeNode, valueInfo } from '../../../models/onnx/nodes.ts'
import { decodeModel, encodeModel } from '../../../models/onnx/protobuf.ts'
import { restoreDatabase } from '../../../src/db/backup-restore.ts'
import { datasetBackboneIds, LOCAL_SERVER, openDataset } from '../../../src/db/datasets.ts'
import { countFeatures, viewKey } from '../../../src/db/features.ts'
import { activateVersion, listVersions, readActiveNumber } from '../../../src/db/versions.ts'
import { fileSource } from '../../../src/files/sources.ts'
import { parseLabel } from '../../../src/label.ts'
import { installBackbones } from '../../../src/services/backbones/install-several.ts'
import { useBackbones } from '../../../src/services/backbones/use.ts'
import { createBackup } from '../../../src/services/backup.ts'
import { addPictures } from '../../../src/services/labeling.ts'
import { createPredictor } from '../../../src/services/prediction.ts'
import { trainVersion } from '../../../src/services/training/train-version.ts'
import { runToEnd } from '../../../src/workers/shared-task.ts'
import { type App, openApp } from '../../support/app.ts'
import { makePhotograph } from '../../support/photographs.ts'
import { smallNetwork } from '../../support/small-network.ts'

const LABELS = 4
const EACH = 10
const by = 'test'
/** Of `smallNetwork`. */
const [CHANNELS, PATCH] = [13, 64]

const root = mkdtempSync(join(tmpdir(), 'mekiki-pairs-'))
let app: App
let dataset: number
let one: Backbone
let two: Backbone
let asked: string

before(async () => {
  app = await openApp(join(root, 'home'))
  dataset = await openDataset(app.db, { server: LOCAL_SERVER, name: 'main', create: true })
  for (const name of NAMES) for (let k = 0; k < EACH; k++) await add(name, await photograph(name, k))
  asked = await photograph('red', EACH)
  one = await install('one', oneColour(0))
  two = await install('two', oneColour(2))
})
after(async () => {
  await app.close()
  rmSync(root, { recursive: true })
})

const GREEN = 1

/** The colours that lead in each label. One network sees the first of the two, another the second. */
const HUES: Record<string, number[]> = { neither: [], red: [0], blue: [2], both: [0, 2] }
const NAMES = Object.keys(HUES)

async function photograph(name: string, k: number): Promise<string> {
  const file = join(root, `${name}-${k}.jpg`)
  writeFileSync(file, await makePhotograph(HUES[name] ?? [], k))
  return file
}

/** The mean of one colour beside that of green, which leads in no label: alone, it would be a length without a direction. */
function oneColour(colour: number): Uint8Array {
  const model = decodeModel(smallNetwork())
  const weights = new Float32Array(CHANNELS * 3 * PATCH)
  const see = (out: number, seen: number, share: number) =>
    weights.fill(share / PATCH, (out * 3 + seen) * PATCH, (out * 3 + seen + 1) * PATCH)
  for (let out = 0; out < CHANNELS; out++) {
    see(out, colour, (out + 1) / CHANNELS)
    see(out, GREEN, 1 - out / CHANNELS)
  }
  model.graph.initializer = [floatTensor('w', [CHANNELS, 3, 8, 8], weights)]
  return encodeModel(model)
}

async function add(name: string, file: string): Promise<void> {
  for await (const outcome of addPictures(app, { dataset, by }, [
    { source: fileSource(file), label: parseLabel(name) },
  ]))
    assert.ok(typeof outcome === 'object' && 'added' in outcome, JSON.stringify(outcome))
}

async function install(name: string, network: Uint8Array): Promise<Backbone> {
  const file = join(root, `${name}.onnx`)
  writeFileSync(file, network)
  writeFileSync(join(root, `${name}.json`), JSON.stringify({ width: 64, height: 64 }))
  const [backbone] = await runToEnd(installBackbones(app, file, {}))
  assert.ok(backbone)
  return backbone
}

const use = (...backbones: Backbone[]) => runToEnd(useBackbones(app, dataset, { backbones, by }))
const train = () => runToEnd(trainVersion(app, dataset, { heads: ['linear'], by }))
/** A version that is worse than the one before is not active by itself. */
async function trainActive() {
  const trained = await train()
  await activateVersion(app.db, dataset, { number: trained.version, by })
  return trained
}
const activeNumber = () => readActiveNumber(app.db, dataset)

/** The answer for a picture, and the backbones that were asked for features. */
async function predict(file = asked) {
  const opened: string[] = []
  const inferencePool: App['inferencePool'] = (backbone) => {
    opened.push(backbone.id)
    return app.inferencePool(backbone)
  }
  const predictor = await createPredictor({ ...app, inferencePool }, dataset)
  for await (const outcome of predictor([fileSource(file)])) return { opened, outcome }
  throw new Error('Expected an answer')
}

test('versions of one and of two backbones roll back, answer with their own networks, and switching back computes nothing', async () => {
  await use(one)
  const alone = await train()
  await use(one, two)
  const both = await train()
  assert.deepEqual(both.backbones, [one.id, two.id])
  const answers = new Map<number, unknown>()
  for (const { version, backbones } of [alone, both, alone, both]) {
    await activateVersion(app.db, dataset, { number: version, by })
    const { opened, outcome } = await predict()
    assert.deepEqual(opened, backbones)
    assert.deepEqual(answers.get(version) ?? outcome, outcome)
    answers.set(version, outcome)
  }
  const back = await use(one)
  assert.equal(back.views, 0)
  assert.deepEqual((await train()).backbones, [one.id])
})

test('a backup of a pair answers identically where it is restored', async () => {
  await use(one, two)
  assert.deepEqual((await trainActive()).backbones, [one.id, two.id])
  const { outcome } = await predict()
  const file = join(root, 'backup.sqlite')
  await createBackup(app, file)
  const other = join(root, 'restored')
  await restoreDatabase(other, file, [])
  const restored = await openApp(other)
  const predictor = await createPredictor(restored, dataset)
  for await (const again of predictor([fileSource(asked)])) assert.deepEqual(again, outcome)
  await restored.close()
})

test('a second one that does not help is not run by predict', async () => {
  const useless = await install('green', oneColour(GREEN))
  await use(EMBEDDED, useless)
  const trained = await train()
  assert.deepEqual([trained.backbones, trained.unhelpful], [[EMBEDDED.id], [useless.id]])
  assert.deepEqual((await predict()).opened, [EMBEDDED.id])
})

test('two of the same are refused, however they are called', async () => {
  const before = await datasetBackboneIds(app.db, dataset)
  for (const which of ['one+one', `one+${one.id}`, `one + ${join(root, 'one.onnx')}`])
    await assert.rejects(runToEnd(installBackbones(app, which, {})), { code: 'backbone.repeated' })
  assert.equal(await datasetBackboneIds(app.db, dataset), before)
})

test('interrupted, the dataset keeps its backbones; the next run goes on, and training completes what was added meanwhile', async () => {
  await use(one)
  const active = (await trainActive()).version
  const three = await install('three', smallNetwork(7))
  const running = useBackbones(app, dataset, { backbones: [one, three], by })
  for (let i = 0; i < 5; i++) await running.next()
  await running.return(undefined as never)
  const computed = await countFeatures(app.db, dataset, viewKey(three.id, 'plain'))
  assert.ok(computed > 0 && computed < LABELS * EACH, String(computed))
  assert.equal(await datasetBackboneIds(app.db, dataset), one.id)
  assert.deepEqual((await predict()).opened, [one.id])

  const { views } = await use(one, three)
  assert.ok(views <= 2 * LABELS * EACH + 24 - computed, String(views))
  await add('blue', await photograph('blue', EACH + 1))
  assert.equal(await countFeatures(app.db, dataset, viewKey(three.id, 'plain')), LABELS * EACH)
  assert.equal(await activeNumber(), active)
  assert.equal((await train()).examples, LABELS * EACH + 1)
  assert.equal(await countFeatures(app.db, dataset, viewKey(three.id, 'plain')), LABELS * EACH + 1)
})

test('memory for one and not for two: the error says so, and the active version stays', async (t) => {
  await use(one)
  const { version: active, examples } = await trainActive()
  await use(EMBEDDED, one)
  const features = 816
  const enough = examples * features * 12 + 150 * 2 ** 20
  t.mock.method(process, 'availableMemory', () => enough)
  await assert.rejects(train(), { code: 'train.memory' })
  assert.equal(await activeNumber(), active)
  assert.deepEqual((await predict()).opened, [one.id])
  await use(EMBEDDED)
  assert.deepEqual((await train()).backbones, [EMBEDDED.id])
})

test('one of a pair is gone with its rows: a clear error, older versions answer, and another can be used', async () => {
  await use(one)
  const alone = (await train()).version
  await use(one, two)
  const both = await trainActive()
  assert.deepEqual(both.backbones, [one.id, two.id])
  await app.close()
  app = await openApp(join(root, 'home'))
  rmSync(two.file, { force: true })
  await app.db.deleteFrom('backbone_files').where('backbone', '=', two.id).execute()
  await app.db.deleteFrom('backbones').where('id', '=', two.id).execute()

  const gone = { code: 'backbone.gone', message: /two@.*backbone use/ }
  await assert.rejects(predict(), gone)
  await assert.rejects(train(), gone)
  assert.equal(await activeNumber(), both.version)
  await activateVersion(app.db, dataset, { number: alone, by })
  assert.deepEqual((await predict()).opened, [one.id])
  assert.equal((await use(one)).from, `${one.id}+${two.id}`)
  assert.deepEqual((await train()).backbones, [one.id])
  assert.ok((await listVersions(app.db, dataset)).some((v) => v.number === both.version))
})

test('a picture for which only the second has no numbers is left out of the training, and is no answer', async () => {
  const model = decodeModel(smallNetwork())
  // The root of what is below 0.1 is no number: black pictures have none.
  model.graph.node = [
    makeNode('GlobalAveragePool', ['x'], 'mean'),
    makeNode('Sub', ['mean', 'little'], 'less'),
    makeNode('Sqrt', ['less'], 'patches'),
  ]
  model.graph.initializer = [floatTensor('little', [1], [0.1])]
  model.graph.output = [valueInfo('patches', 1, ['N', 3, 1, 1])]
  const bright = await install('bright', encodeModel(model))
  const black = join(root, 'black.png')
  await sharp({ create: { width: 60, height: 60, channels: 3, background: '#000' } })
    .png()
    .toFile(black)
  await add('neither', black)
  await use(one, bright)
  const trained = await train()
  assert.ok(trained.backbones.includes(bright.id))
  await use(one)
  assert.equal((await train()).examples, trained.examples + 1)
  await activateVersion(app.db, dataset, { number: trained.version, by })
  const { outcome } = await predict(black)
  assert.ok('error' in outcome)
  assert.equal(outcome.error.code, 'picture.no-features')
})
