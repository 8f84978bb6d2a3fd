// What was decided about a label is true in the next answer, before anything was trained, and starts a training.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { datasetBackbones, LOCAL_SERVER, openDataset } from '../../src/db/datasets.ts'
import { setWithdrawn } from '../../src/db/people.ts'
import { readTrainingExamples } from '../../src/db/training-examples.ts'
import { parseLabel } from '../../src/label.ts'
import { explainAnswers } from '../../src/services/explanation.ts'
import { bringLabelBack, giveLabelName, joinLabels, removeLabel } from '../../src/services/label-changes.ts'
import { findDriftedLabels } from '../../src/services/label-drift.ts'
import { addPictures } from '../../src/services/labeling.ts'
import { createPredictor } from '../../src/services/prediction.ts'
import { trainVersion } from '../../src/services/training/train-version.ts'
import { runToEnd } from '../../src/workers/shared-task.ts'
import { type App, openApp } from '../support/app.ts'
import { drawSources } from '../support/drawn.ts'

const LABELS = ['Akari', 'Botan', 'Chika', 'Daigo']
const EACH = 6
const home = mkdtempSync(join(tmpdir(), 'mekiki-labels-'))
let sourceOf: Awaited<ReturnType<typeof drawSources>>
let app: App
let dataset: number
const changed: number[] = []

before(async () => {
  sourceOf = await drawSources(home, LABELS, EACH + 1)
  app = await openApp(home)
  dataset = await openDataset(app.db, { server: LOCAL_SERVER, name: 'main', create: true })
  for (const name of LABELS) {
    const sources = Array.from({ length: EACH }, (_, k) => ({ source: sourceOf(name, k), label: parseLabel(name) }))
    await Array.fromAsync(addPictures(app, { dataset, by: `teacher of ${name}` }, sources))
  }
  await runToEnd(trainVersion(app, dataset, { heads: ['linear'], budget: 0, by: 'test' }))
  app.events.on('examplesChanged', (_, examples) => changed.push(examples))
})
after(async () => {
  await app.close()
  rmSync(home, { recursive: true })
})

/** The answer for a picture that was not learned from. */
async function answerFor(name: string) {
  const predict = await createPredictor(app, dataset)
  const [answer] = await Array.fromAsync(predict([sourceOf(name, EACH)]))
  assert.ok(answer && 'prediction' in answer)
  const { prediction, features } = answer
  return { features, top: prediction.top, label: prediction.label, labels: prediction.top.map((t) => t.label).sort() }
}

const names = (text: string) => parseLabel(text)

test('a renamed label is answered by its new name, and a new label of the old name is not mistaken for it', async () => {
  const before = await answerFor('Akari')
  assert.equal(before.top[0]?.label, 'Akari')
  await giveLabelName(app, dataset, { from: names('Akari'), to: names('Akira'), by: 'max' })
  assert.deepEqual(changed.splice(0), [EACH])
  const sources = [{ source: sourceOf('Akari', EACH), label: names('Akari') }]
  await Array.fromAsync(addPictures(app, { dataset, by: 'ann' }, sources))
  const after = await answerFor('Akari')
  assert.deepEqual(after.top[0], { label: 'Akira', confidence: before.top[0]?.confidence })
  assert.deepEqual(after.labels, ['Akira', 'Botan', 'Chika', 'Daigo'])
  await removeLabel(app, dataset, { label: names('Akari'), by: 'max', as: 'manager' })
  changed.splice(0)
})

test('a merged label is answered by the target, with both probabilities, and the target has not drifted', async () => {
  const before = await answerFor('Botan')
  const sum = ['Akira', 'Botan'].reduce(
    (s, label) => s + (before.top.find((t) => t.label === label)?.confidence ?? 0),
    0,
  )
  await joinLabels(app, dataset, { from: names('Akira'), into: names('Botan'), by: 'max', as: 'manager' })
  assert.deepEqual(changed.splice(0), [EACH])
  const { top, labels, features } = await answerFor('Botan')
  assert.equal(top[0]?.label, 'Botan')
  assert.ok(Math.abs((top[0]?.confidence ?? 0) - sum) < 1e-9)
  assert.deepEqual(labels, ['Botan', 'Chika', 'Daigo'])
  assert.equal((await answerFor('Akari')).top[0]?.label, 'Botan')
  const [why] = (await explainAnswers(app, dataset, [features])) ?? []
  assert.ok(why?.nearest.every((n) => labels.includes(n.label)))
  const examples = await readTrainingExamples(app.db, dataset)
  assert.deepEqual(
    await findDriftedLabels(app, dataset, { examples, backbones: await datasetBackbones(app.db, dataset) }),
    [],
  )
})

test('merged once more, versions from before both merges know it', async () => {
  await joinLabels(app, dataset, { from: names('Botan'), into: names('Chika'), by: 'max', as: 'manager' })
  assert.equal((await answerFor('Akari')).top[0]?.label, 'Chika')
  assert.deepEqual((await answerFor('Chika')).labels, ['Chika', 'Daigo'])
  changed.splice(0)
})

test('a label of which everything was withdrawn is not answered until it is brought back', async () => {
  const withdraw = (withdrawn: boolean) =>
    setWithdrawn(app.db, dataset, { teacher: 'teacher of Daigo', by: 'max', withdrawn })
  await withdraw(true)
  const { label, labels } = await answerFor('Daigo')
  assert.deepEqual([label, labels], [null, ['Chika']])
  await withdraw(false)
  assert.equal((await answerFor('Daigo')).top[0]?.label, 'Daigo')
})

test('a deleted label is never answered, and no other is taken for it', async () => {
  await removeLabel(app, dataset, { label: names('Daigo'), by: 'max', as: 'manager' })
  assert.deepEqual(changed.splice(0), [EACH])
  const { label, labels } = await answerFor('Daigo')
  assert.deepEqual([label, labels], [null, ['Chika']])
})

test('a deleted label is answered again once it is back, and merged ones apart once that is undone, before any training', async () => {
  const max = { by: 'max', as: 'manager' as const }
  assert.equal((await bringLabelBack(app, dataset, { label: names('Daigo'), ...max })).examples, EACH)
  assert.deepEqual(changed.splice(0), [EACH])
  assert.equal((await answerFor('Daigo')).top[0]?.label, 'Daigo')
  await bringLabelBack(app, dataset, { label: names('Botan'), ...max })
  const { top, labels } = await answerFor('Botan')
  assert.deepEqual([top[0]?.label, labels], ['Botan', ['Botan', 'Chika', 'Daigo']])
  await joinLabels(app, dataset, { from: names('Botan'), into: names('Chika'), ...max })
  await removeLabel(app, dataset, { label: names('Daigo'), ...max })
  changed.splice(0)
})

test('another process that renames is heard, too: names are read with each answer', async () => {
  const other = await openApp(home)
  try {
    await giveLabelName(other, dataset, { from: names('Chika'), to: names('Chinatsu'), by: 'max' })
  } finally {
    await other.close()
  }
  assert.deepEqual((await answerFor('Chika')).labels, ['Chinatsu'])
})
