// A dataset of one label: known, unsure or unknown, against pictures of any kind.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { draw } from '../../../demo/characters.ts'
import { EMBEDDED } from '../../../models/backbones/registry.ts'
import { DEFAULT_HEADS } from '../../../models/heads/names.ts'
import { LOCAL_SERVER, openDataset } from '../../../src/db/datasets.ts'
import type { Source } from '../../../src/images/source.ts'
import { parseLabel } from '../../../src/label.ts'
import { explainAnswers } from '../../../src/services/explanation.ts'
import { exportClassifier } from '../../../src/services/export/export-classifier.ts'
import { addPictures } from '../../../src/services/labeling.ts'
import { createPredictor } from '../../../src/services/prediction.ts'
import { changeSettings } from '../../../src/services/settings.ts'
import { readTrainingSet } from '../../../src/services/training/read-training-set.ts'
import { trainVersion } from '../../../src/services/training/train-version.ts'
import { runToEnd } from '../../../src/workers/shared-task.ts'
import { type App, openApp } from '../../support/app.ts'

const EACH = 10
const NEW = 5

const home = mkdtempSync(join(tmpdir(), 'mekiki-one-label-'))
let app: App
let dataset: number
let akari: Source[]
let others: Source[]
let noise: Source
before(async () => {
  akari = await drawAll('Akari', EACH + NEW)
  others = (await Promise.all(['Botan', 'Chika', 'Daigo', 'Emi'].map((name) => drawAll(name, NEW)))).flat()
  const gaussian = { type: 'gaussian', mean: 120, sigma: 70 } as const
  const create = { width: 300, height: 300, channels: 3, background: '#777', noise: gaussian } as const
  const bytes = await sharp({ create }).png().toBuffer()
  noise = { name: 'noise.png', read: async () => new Uint8Array(bytes) }
  app = await openApp(home)
  dataset = await openDataset(app.db, { server: LOCAL_SERVER, name: 'main', create: true })
})
after(async () => {
  await app.close()
  rmSync(home, { recursive: true })
})

async function drawAll(name: string, count: number): Promise<Source[]> {
  const drawn = await Promise.all(Array.from({ length: count }, (_, k) => draw(join(home, 'drawn'), name, k)))
  return drawn.map((file, k) => ({ name: `${name} ${k}`, read: async () => new Uint8Array(readFileSync(file)) }))
}

const train = () => runToEnd(trainVersion(app, dataset, { heads: DEFAULT_HEADS, budget: 1, by: 'test' }))

async function predict(sources: Source[], caution?: 'low' | 'high') {
  const answers = await Array.fromAsync((await createPredictor(app, dataset, { caution }))(sources))
  return answers.map((answer) => {
    assert.ok('prediction' in answer)
    return answer
  })
}

test('without any label there is nothing to train on', async () => {
  await assert.rejects(train(), { code: 'train.too-few-labels', message: /one label/ })
})

test('one label trains; no accuracy is measured, and what would be refused is', async () => {
  const labelled = akari.slice(0, EACH).map((source) => ({ source, label: parseLabel('Akari') }))
  for await (const outcome of addPictures(app, { dataset, by: 'test' }, labelled)) assert.ok(outcome !== 'duplicate')
  const { labels, accuracy, grades, promoted, turned, advice, worsened, skipped } = await train()
  assert.deepEqual([labels, accuracy, promoted, skipped], [1, null, true, []])
  assert.deepEqual([turned, worsened, advice.needMore, advice.alike, advice.twice], [[], [], [], [], null])
  assert.ok(grades)
  assert.equal(
    grades.map((g) => g.share).reduce((a, b) => a + b),
    1,
  )
})

test('the same is recognized and something else is not; the confidence is that of its being the label at all', async () => {
  const known = await predict(akari.slice(EACH))
  const recognized = known.filter(({ prediction }) => prediction.label === 'Akari')
  assert.ok(recognized.length >= NEW - 1)
  const [stranger] = await predict([noise])
  assert.ok(stranger)
  const { label, grade, confidence, known: score, top } = stranger.prediction
  assert.deepEqual([label, grade, confidence], [null, 'unknown', score])
  assert.deepEqual(top, [{ label: 'Akari', confidence: score }])
  const [why] = (await explainAnswers(app, dataset, [stranger.features])) ?? []
  assert.equal(why?.runnerUp, null)
  assert.ok(why.nearest.every(({ label }) => label === 'Akari'))
})

test('more caution never answers more, and the caution of the server is the default', async () => {
  const count = async (caution?: 'low' | 'high') =>
    (await predict([...akari, ...others], caution)).filter(({ prediction }) => prediction.grade !== 'unknown').length
  const [low, normal, high] = [await count('low'), await count(), await count('high')]
  assert.ok(low >= normal && normal >= high && low > high, `${low} ${normal} ${high}`)
  const about = { server: LOCAL_SERVER, by: 'test', detail: { caution: 'high' } }
  await changeSettings(app.db, about, (settings) => {
    settings.caution = 'high'
  })
  assert.equal(await count(), high)
})

test('it is exported', async () => {
  const bytes = await akari[0]?.read()
  assert.ok(bytes)
  const exported = await exportClassifier(app, dataset, { dir: home, pictures: [bytes] })
  assert.deepEqual([exported?.labels, exported?.checked], [1, 1])
})

test('a second training of it is compared with the first', async () => {
  const { version, reason } = await train()
  assert.deepEqual([version, reason], [2, 'as-good'])
})

test('a backbone that knows nothing of other pictures needs two labels', async () => {
  const { id, file, input } = EMBEDDED
  const backbones = [{ id, file, input }]
  const read = readTrainingSet(app, dataset, { backbones, effort: 'fast' })
  await assert.rejects(read, { code: 'train.too-few-labels', message: /two labels/ })
})
