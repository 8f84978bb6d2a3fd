// The last training's suggestions follow what is decided about labels: nobody is offered a label that is gone.
import assert from 'node:assert/strict'
import type { LabelIssue } from '../../src/db/label-issues.ts'
import { deleteLabel, renameLabel } from '../../src/db/labels.ts'
import { mergeLabels } from '../../src/db/merge-labels.ts'
import { listSuspects } from '../../src/db/suspects.ts'
import { addVersion } from '../../src/db/versions.ts'
import { parseLabel } from '../../src/label.ts'
import { addNew, BACKBONE, makeDataset } from '../support/database.ts'
import { test } from '../support/each-engine.ts'
import { madeUpSummary, surveyOf } from '../support/versions.ts'

/** A cat that looks like a dog, a bird that is under dog too, and a fish that is blank and looks like a bird. */
async function makeSuspects() {
  const { db, dataset } = await makeDataset()
  const [cat, bird, fish, dog] = [
    await addNew(db, dataset, { label: 'cat', pixels: 'a' }),
    await addNew(db, dataset, { label: 'bird', pixels: 'b' }),
    await addNew(db, dataset, { label: 'fish', pixels: 'c' }),
    await addNew(db, dataset, { label: 'dog', pixels: 'd' }),
  ]
  const issue = (example: number, suggested: string, ...reasons: LabelIssue['reasons']) => ({
    example,
    score: 1 - example / 100,
    suggested,
    reasons,
    leftOut: false,
  })
  const survey = surveyOf([
    issue(cat, 'dog', { kind: 'looks-like', label: 'dog' }),
    issue(bird, 'dog', { kind: 'also-under', label: 'dog', example: dog }),
    issue(fish, 'bird', { kind: 'blank' }, { kind: 'looks-like', label: 'bird' }),
  ])
  await addVersion(db, dataset, {
    backbone: BACKBONE,
    summary: madeUpSummary,
    classifier: {},
    survey,
    activate: true,
    by: 'ann',
  })
  return {
    db,
    dataset,
    dogId: dog,
    suggestions: async () =>
      (await listSuspects(db, dataset)).map(({ label, suggested, reasons }) => ({ label, suggested, reasons })),
  }
}

const blankBird = {
  label: 'fish',
  suggested: 'bird',
  reasons: [{ kind: 'blank' }, { kind: 'looks-like', label: 'bird' }],
}
const max = { by: 'max', as: 'manager' as const }
const [dog, cat] = [parseLabel('dog'), parseLabel('cat')]

test('a renamed label is suggested by its new name', async () => {
  const { db, dataset, dogId, suggestions } = await makeSuspects()
  await renameLabel(db, dataset, { from: dog, to: parseLabel('hound'), by: 'max' })
  assert.deepEqual(await suggestions(), [
    { label: 'cat', suggested: 'hound', reasons: [{ kind: 'looks-like', label: 'hound' }] },
    { label: 'bird', suggested: 'hound', reasons: [{ kind: 'also-under', label: 'hound', example: dogId }] },
    blankBird,
  ])
})

test('of a merged label the target is suggested, and what looked like it and is under the target is right', async () => {
  const { db, dataset, dogId, suggestions } = await makeSuspects()
  await mergeLabels(db, dataset, { from: dog, into: cat, ...max })
  assert.deepEqual(await suggestions(), [
    { label: 'bird', suggested: 'cat', reasons: [{ kind: 'also-under', label: 'cat', example: dogId }] },
    blankBird,
  ])
})

test('a deleted label is suggested no more', async () => {
  const { db, dataset, suggestions } = await makeSuspects()
  await deleteLabel(db, dataset, { label: dog, ...max })
  assert.deepEqual(await suggestions(), [{ label: 'cat', suggested: null, reasons: [{ kind: 'unlike' }] }, blankBird])
})
