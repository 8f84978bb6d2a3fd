// Answers of the active version, what is kept of them, and why they are what they are.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { draw } from '../../demo/characters.ts'
import { LOCAL_SERVER, openDataset } from '../../src/db/datasets.ts'
import { countFeedback } from '../../src/db/feedback.ts'
import { activateVersion } from '../../src/db/versions.ts'
import type { Source } from '../../src/images/source.ts'
import { parseLabel } from '../../src/label.ts'
import { loadActiveClassifier } from '../../src/services/active-classifier.ts'
import { explainAnswers, explanationGallery } from '../../src/services/explanation.ts'
import { featuresOfPrediction, recordFeedback, savePrediction } from '../../src/services/feedback.ts'
import { addPictures } from '../../src/services/labeling.ts'
import { createPredictor, type PredictedPicture } from '../../src/services/prediction.ts'
import { RecentInMemory } from '../../src/services/recent-features.ts'
import { trainVersion } from '../../src/services/training/train-version.ts'
import { runToEnd } from '../../src/workers/shared-task.ts'
import { type App, openApp } from '../support/app.ts'

const LABELS = ['Akari', 'Botan']
const EACH = 6

const home = mkdtempSync(join(tmpdir(), 'mekiki-prediction-'))
let app: App
let dataset: number
/** By label: drawn before the first picture is decoded, which forbids this process to read SVG. */
const drawings = new Map<string, string[]>()
before(async () => {
  for (const name of LABELS)
    drawings.set(
      name,
      await Promise.all(Array.from({ length: EACH + 1 }, (_, k) => draw(join(home, 'drawn'), name, k))),
    )
  app = await openApp(home)
  dataset = await openDataset(app.db, { server: LOCAL_SERVER, name: 'main', create: true })
})
after(async () => {
  await app.close()
  rmSync(home, { recursive: true })
})

const train = () => runToEnd(trainVersion(app, dataset, { heads: ['linear'], budget: 0, by: 'test' }))
const text: Source = { name: 'text.png', read: async () => new TextEncoder().encode('no picture') }
function drawing(name: string, k: number): Source {
  const file = drawings.get(name)?.[k] ?? ''
  return { name: `${name} ${k}`, read: async () => new Uint8Array(readFileSync(file)) }
}

async function predictOne(source: Source): Promise<PredictedPicture> {
  const predict = await createPredictor(app, dataset)
  const [answer] = await Array.fromAsync(predict([source]))
  assert.ok(answer && 'prediction' in answer)
  return answer
}

test('nothing trained: nothing answers, and nothing explains', async () => {
  await assert.rejects(createPredictor(app, dataset), { code: 'predict.not-trained' })
  assert.equal(await loadActiveClassifier(app, dataset), undefined)
  assert.equal(await explainAnswers(app, dataset, []), undefined)
})

test('answers come in order, with the version; what is no picture has an error of its own', async () => {
  for (const name of LABELS) {
    const sources = Array.from({ length: EACH }, (_, k) => drawing(name, k))
    const labelled = sources.map((source) => ({ source, label: parseLabel(name) }))
    for await (const outcome of addPictures(app, { dataset, by: 'test' }, labelled)) assert.ok(outcome !== 'duplicate')
  }
  await train()
  const predict = await createPredictor(app, dataset)
  const [first, failed, second] = await Array.fromAsync(predict([drawing('Akari', EACH), text, drawing('Botan', EACH)]))
  assert.ok(first && 'prediction' in first && second && 'prediction' in second)
  assert.deepEqual(
    [first, second].map((a) => [a.prediction.file, a.prediction.top[0]?.label, a.prediction.version]),
    [
      [`Akari ${EACH}`, 'Akari', 1],
      [`Botan ${EACH}`, 'Botan', 1],
    ],
  )
  assert.ok(failed && 'error' in failed)
  assert.deepEqual([failed.file, failed.error.code], ['text.png', 'picture.not-a-picture'])
})

test('many who ask at once load one classifier; another version is loaded when it becomes active', async () => {
  app.classifiers.clear()
  const [one, other] = await Promise.all([loadActiveClassifier(app, dataset), loadActiveClassifier(app, dataset)])
  assert.ok(one)
  assert.equal(one.classifier, other?.classifier)
  await train()
  assert.equal((await loadActiveClassifier(app, dataset))?.version, 2)
  await activateVersion(app.db, dataset, { number: 1, by: 'test' })
  assert.equal((await loadActiveClassifier(app, dataset))?.version, 1)
})

test('people can say whether an answer was right: the last word counts, and only where it was given', async () => {
  const answer = await predictOne(drawing('Akari', EACH))
  const prediction = await savePrediction(app, dataset, answer)
  const by = 'member'
  assert.equal((await recordFeedback(app, dataset, { prediction, right: false, truth: 'Botan', by })).said, 'Akari')
  await recordFeedback(app, dataset, { prediction, right: true, truth: null, by })
  assert.deepEqual(await countFeedback(app.db, dataset), { judged: 1, right: 1 })
  const elsewhere = recordFeedback(app, dataset + 1, { prediction, right: true, truth: null, by })
  await assert.rejects(elsewhere, { code: 'judge.expired' })
})

test('an answer is explained by the most similar examples, as long as its features are held', async () => {
  const answer = await predictOne(drawing('Akari', EACH))
  const prediction = await savePrediction(app, dataset, answer)
  const features = await featuresOfPrediction(app, dataset, prediction)
  const [explanation] = (await explainAnswers(app, dataset, [features])) ?? []
  assert.ok(explanation)
  const similarities = explanation.nearest.slice(0, -1).map((n) => n.similarity)
  assert.deepEqual(
    similarities,
    similarities.toSorted((a, b) => b - a),
  )
  assert.equal(explanation.nearest[0]?.label, 'Akari')
  const { gallery } = await explanationGallery(app, dataset, explanation)
  assert.equal(gallery.length, explanation.nearest.length)

  app.recentFeatures = new RecentInMemory()
  await assert.rejects(featuresOfPrediction(app, dataset, prediction), { code: 'why.gone' })
  await assert.rejects(featuresOfPrediction(app, dataset, 'no such answer'), { code: 'judge.expired' })
})
