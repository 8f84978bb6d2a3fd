// What is kept in memory of many datasets and many answers is bounded.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openDataset } from '../../src/db/datasets.ts'
import { loadActiveClassifier } from '../../src/services/active-classifier.ts'
import { featuresOfPrediction, savePrediction } from '../../src/services/feedback.ts'
import { RecentInMemory } from '../../src/services/recent-features.ts'
import { trainVersion } from '../../src/services/training/train-version.ts'
import { runToEnd } from '../../src/workers/shared-task.ts'
import { type App, openApp } from '../support/app.ts'
import { fillDataset } from '../support/made-up.ts'

const MAX_CLASSIFIERS = 10
const MAX_FEATURES = 2_000
const DATASETS = 40

const home = mkdtempSync(join(tmpdir(), 'mekiki-bounds-'))
let app: App
/** All have the version of the first one. */
const datasets: number[] = []
before(async () => {
  app = await openApp(home)
  const first = await fillDataset(app, 12, 2)
  await runToEnd(trainVersion(app, first, { heads: ['svm'], budget: 0, by: 'test' }))
  const { id, ...version } = await app.db.selectFrom('versions').selectAll().executeTakeFirstOrThrow()
  datasets.push(first)
  while (datasets.length < DATASETS) {
    const dataset = await openDataset(app.db, { server: `${datasets.length}`, name: 'main', create: true })
    await app.db
      .insertInto('versions')
      .values({ ...version, dataset, label_ids: null })
      .execute()
    await app.db.updateTable('datasets').set({ version: version.number }).where('id', '=', dataset).execute()
    datasets.push(dataset)
  }
})
after(async () => {
  await app.close()
  rmSync(home, { recursive: true })
})

test('of more datasets than fit, the classifiers that were asked last are kept, and all answer', async () => {
  const [one = 0] = datasets
  const size = (await loadActiveClassifier(app, one))?.bytes ?? 0
  assert.ok(size > 1e6)
  const limit = { maxBytes: MAX_CLASSIFIERS * size }
  for (const dataset of datasets) assert.equal((await loadActiveClassifier(app, dataset, limit))?.version, 1)
  assert.equal(app.classifiers.size, MAX_CLASSIFIERS)
  assert.deepEqual([...app.classifiers.keys()], datasets.slice(-MAX_CLASSIFIERS))
  const [first = 0] = datasets
  const again = await loadActiveClassifier(app, first, limit)
  assert.deepEqual(again?.summary.labels.length, 2)
  assert.equal(app.classifiers.size, MAX_CLASSIFIERS)
})

test('features of the latest answers are kept, and those of older ones are said to be gone', async () => {
  const [dataset = 0] = datasets
  // On PostgreSQL it is a matter of time instead.
  app.recentFeatures = new RecentInMemory()
  const ids: string[] = []
  const prediction = {
    file: 'a.png',
    label: null,
    grade: 'unknown' as const,
    confidence: 0,
    known: 0,
    top: [],
    version: 1,
  }
  while (ids.length < MAX_FEATURES + 10)
    ids.push(await savePrediction(app, dataset, { prediction, features: Float32Array.of(ids.length) }))
  assert.deepEqual(await featuresOfPrediction(app, dataset, ids.at(-MAX_FEATURES) ?? ''), Float32Array.of(10))
  await assert.rejects(featuresOfPrediction(app, dataset, ids.at(-MAX_FEATURES - 1) ?? ''), { code: 'why.gone' })
  assert.deepEqual(await featuresOfPrediction(app, dataset, ids.at(-1) ?? ''), Float32Array.of(ids.length - 1))
  await assert.rejects(featuresOfPrediction(app, dataset, ids[0] ?? ''), { code: 'why.gone' })
})
