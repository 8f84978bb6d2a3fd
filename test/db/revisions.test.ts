// A dataset's revision rises with every change of what is shown of it, and with no other dataset's.
import assert from 'node:assert/strict'
import { writeChange } from '../../src/db/audit.ts'
import { restoreLabel } from '../../src/db/deleted-labels.ts'
import { removeOwnExamples } from '../../src/db/examples.ts'
import { forgetPerson } from '../../src/db/forget-person.ts'
import { deleteLabel, renameLabel } from '../../src/db/labels.ts'
import { mergeLabels } from '../../src/db/merge-labels.ts'
import { setWithdrawn } from '../../src/db/people.ts'
import { decide } from '../../src/db/reviews.ts'
import { listRevisionsAfter, readRevision, readRevisionMark } from '../../src/db/revisions.ts'
import { undoLast } from '../../src/db/undo-review.ts'
import { activateVersion, addVersion } from '../../src/db/versions.ts'
import { parseLabel } from '../../src/label.ts'
import { add, addNew, makeDatabase, openMain } from '../support/database.ts'
import { test } from '../support/each-engine.ts'
import { madeUpSummary, surveyOf } from '../support/versions.ts'

const manager = { by: 'max', as: 'manager' as const }

test('every change raises it, and nothing else does', async () => {
  const { db } = await makeDatabase()
  const dataset = await openMain(db, '1')
  const other = await openMain(db, '2')
  await addNew(db, other, { label: 'cat', pixels: 'other' })
  const before = await readRevision(db, other)
  const first = await addNew(db, dataset, { label: 'cat', pixels: 'a' })
  let last = await readRevision(db, dataset)
  const raises = async (work: Promise<unknown>, by: (now: number) => boolean = (now) => now > last) => {
    await work
    const now = await readRevision(db, dataset)
    assert.ok(by(now), `${now} after ${last}`)
    last = now
  }
  const stays = (work: Promise<unknown>) => raises(work, (now) => now === last)
  await stays(readRevisionMark(db))
  await raises(addNew(db, dataset, { label: 'dog', pixels: 'b', by: 'eve' }))
  // It is there already.
  await stays(add(db, dataset, { label: 'dog', pixels: 'b' }))
  const verdict = { examples: [first], by: 'rita', as: 'reviewer' as const }
  await raises(decide(db, dataset, { ...verdict, decision: 'exclude', agreement: 2 }))
  await raises(undoLast(db, dataset, { by: 'rita' }))
  await raises(decide(db, dataset, { ...verdict, decision: 'exclude', agreement: 1 }))
  await raises(undoLast(db, dataset, { by: 'rita' }))
  await raises(renameLabel(db, dataset, { from: parseLabel('cat'), to: parseLabel('lion'), by: 'max' }))
  await raises(deleteLabel(db, dataset, { label: parseLabel('lion'), ...manager }))
  await raises(restoreLabel(db, dataset, { label: parseLabel('lion'), ...manager }))
  await raises(mergeLabels(db, dataset, { from: parseLabel('lion'), into: parseLabel('dog'), ...manager }))
  await raises(setWithdrawn(db, dataset, { teacher: 'ann', by: 'max', withdrawn: true }))
  const version = { backbone: 'made-up@1', summary: madeUpSummary, classifier: {}, survey: surveyOf([]), by: 'max' }
  await raises(addVersion(db, dataset, { ...version, activate: false }))
  await raises(activateVersion(db, dataset, { number: 1, by: 'max' }))
  const settings = { server: '1', dataset: null, by: 'max', action: 'settings changed' as const, detail: {} }
  await raises(db.transaction().execute((t) => writeChange(t, settings)))
  await raises(removeOwnExamples(db, dataset, { examples: [first], by: 'ann' }))
  await raises(forgetPerson(db, { by: 'eve', server: '1' }))
  assert.equal(await readRevision(db, other), before)
})

test('what changed since a revision is found by it, in order; a deleted dataset takes none with it', async () => {
  const { db } = await makeDatabase()
  const datasets = await Promise.all(['1', '2', '3'].map((server) => openMain(db, server)))
  const [one = 0, two = 0, three = 0] = datasets
  for (const dataset of [one, two, three, one]) await addNew(db, dataset, { label: 'cat', pixels: `${Math.random()}` })
  const changed = await listRevisionsAfter(db, 0)
  assert.deepEqual(
    changed.map((row) => row.dataset),
    [two, three, one],
  )
  const last = await readRevisionMark(db)
  assert.deepEqual(await listRevisionsAfter(db, last), [])
  await db.deleteFrom('datasets').where('id', '=', one).execute()
  await addNew(db, two, { label: 'cat', pixels: 'later' })
  assert.deepEqual(
    (await listRevisionsAfter(db, last)).map((row) => row.dataset),
    [two],
  )
  assert.equal(await readRevision(db, one), 0)
})
