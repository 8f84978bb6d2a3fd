import assert from 'node:assert/strict'
import { findByName } from '../../src/db/example-lists.ts'
import { countLabels, deleteLabel, describeLabel, renameLabel } from '../../src/db/labels.ts'
import { mergeLabels } from '../../src/db/merge-labels.ts'
import { measureStorage } from '../../src/db/storage.ts'
import { readTrainingExamples } from '../../src/db/training-examples.ts'
import { parseLabel } from '../../src/label.ts'
import { addNew, makeDataset } from '../support/database.ts'
import { test } from '../support/each-engine.ts'

const [cat, dog] = [parseLabel('cat'), parseLabel('dog')]

test('labels are compared without case, and keep the spelling that came first', async () => {
  const { db, dataset } = await makeDataset()
  await addNew(db, dataset, { label: 'Straße', pixels: 'a' })
  await addNew(db, dataset, { label: 'STRASSE', pixels: 'b' })
  await addNew(db, dataset, { label: 'cat', pixels: 'c' })
  assert.deepEqual(await countLabels(db, dataset), [
    { label: 'Straße', examples: 2 },
    { label: 'cat', examples: 1 },
  ])
})

test('a label can get another spelling, but not the name of another label', async () => {
  const { db, dataset } = await makeDataset()
  await addNew(db, dataset, { label: 'cat', pixels: 'a' })
  await addNew(db, dataset, { label: 'dog', pixels: 'b' })
  const rename = (from: string, to: string) =>
    renameLabel(db, dataset, { from: parseLabel(from), to: parseLabel(to), by: 'ann' })
  assert.deepEqual(await rename('CAT', 'Cat'), { renamed: 'cat', to: 'Cat', examples: 1 })
  await assert.rejects(rename('cat', 'DOG'), { code: 'label.exists' })
  await assert.rejects(rename('bird', 'cow'), { code: 'label.not-found' })
  assert.deepEqual(
    (await countLabels(db, dataset)).map((l) => l.label),
    ['Cat', 'dog'],
  )
})

test('merging moves the examples; a picture that both have stays once', async () => {
  const { db, dataset } = await makeDataset()
  await addNew(db, dataset, { label: 'cat', pixels: 'a' })
  await addNew(db, dataset, { label: 'cat', pixels: 'both' })
  await addNew(db, dataset, { label: 'dog', pixels: 'both' })
  const { id: _, ...merged } = await mergeLabels(db, dataset, { from: cat, into: dog, by: 'ann', as: 'teacher' })
  assert.deepEqual(merged, { merged: 'cat', into: 'dog', moved: 1, inBoth: 1 })
  assert.deepEqual(await countLabels(db, dataset), [{ label: 'dog', examples: 2 }])
  await assert.rejects(mergeLabels(db, dataset, { from: dog, into: dog, by: 'ann', as: 'teacher' }), {
    code: 'label.same',
  })
  await assert.rejects(mergeLabels(db, dataset, { from: cat, into: dog, by: 'ann', as: 'teacher' }), {
    code: 'label.not-found',
  })
})

test('a deleted label is listed nowhere, its pictures await being brought back, and others can be added again', async () => {
  const { db, dataset } = await makeDataset()
  await addNew(db, dataset, { label: 'cat', pixels: 'own' })
  await addNew(db, dataset, { label: 'cat', pixels: 'both' })
  await addNew(db, dataset, { label: 'dog', pixels: 'both' })
  const { examples, only } = await describeLabel(db, dataset, cat)
  assert.deepEqual([examples, only], [2, 1])
  assert.equal((await deleteLabel(db, dataset, { label: cat, by: 'ann', as: 'teacher' })).examples, 2)
  assert.deepEqual(await countLabels(db, dataset), [{ label: 'dog', examples: 1 }])
  assert.equal((await measureStorage(db, dataset)).pictures, 1)
  assert.equal(await findByName(db, dataset, 'own'), undefined)
  assert.deepEqual(
    (await readTrainingExamples(db, dataset)).map((e) => e.label),
    ['dog'],
  )
  await assert.rejects(deleteLabel(db, dataset, { label: cat, by: 'ann', as: 'teacher' }), { code: 'label.not-found' })
  assert.equal(typeof (await addNew(db, dataset, { label: 'cat', pixels: 'own' })), 'number')
})

test('what was confirmed is deleted, and nothing else', async () => {
  const { db, dataset } = await makeDataset()
  await addNew(db, dataset, { label: 'cat', pixels: 'a' })
  const { mark } = await describeLabel(db, dataset, cat)
  await addNew(db, dataset, { label: 'cat', pixels: 'b' })
  const about = { label: cat, by: 'ann', as: 'teacher' as const }
  await assert.rejects(deleteLabel(db, dataset, { ...about, mark }), { code: 'confirm.changed' })
  assert.deepEqual(await countLabels(db, dataset), [{ label: 'cat', examples: 2 }])
  const again = await describeLabel(db, dataset, cat)
  assert.equal((await deleteLabel(db, dataset, { ...about, mark: again.mark })).examples, 2)
})
