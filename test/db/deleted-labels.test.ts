// Deleted labels come back as they were, for seven days, whatever was made or decided meanwhile.
import assert from 'node:assert/strict'
import type { Database } from '../../src/db/connection.ts'
import { listDeletedLabels, restoreLabel } from '../../src/db/deleted-labels.ts'
import { removeOwnExamples } from '../../src/db/examples.ts'
import { countLabels, deleteLabel, hasLabel, renameLabel } from '../../src/db/labels.ts'
import { setWithdrawn } from '../../src/db/people.ts'
import { decide } from '../../src/db/reviews.ts'
import { sweepDeletedLabels } from '../../src/db/sweep-labels.ts'
import { standingOf } from '../../src/db/transitions.ts'
import { UNDO_DAYS } from '../../src/db/undo-days.ts'
import { undoLast } from '../../src/db/undo-review.ts'
import { readActiveLabels } from '../../src/db/version-labels.ts'
import { addVersion } from '../../src/db/versions.ts'
import { parseLabel } from '../../src/label.ts'
import { addNew, BACKBONE, makeDataset } from '../support/database.ts'
import { test } from '../support/each-engine.ts'
import { madeUpSummary, surveyOf } from '../support/versions.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const [cat, dog] = [parseLabel('cat'), parseLabel('dog')]
const max = { by: 'max', as: 'manager' as const }

/** What is under which label, in which state. */
async function look(db: Database): Promise<string[]> {
  const query = db.selectFrom('examples').innerJoin('labels', 'labels.id', 'examples.label')
  const rows = await query.select(['file', 'name', 'state', 'vouched']).where('state', '<>', 'deleted').execute()
  return rows.map((row) => `${row.file} ${row.name} ${standingOf(row)}`).sort()
}

/** One example of cat in each state that there is, and one of dog. */
async function makeLabels() {
  const { db, dataset } = await makeDataset()
  const ids: Record<string, number> = {}
  for (const pixels of ['kept', 'vouched', 'excluded', 'withdrawn'])
    ids[pixels] = await addNew(db, dataset, { label: 'cat', pixels, by: pixels })
  ids.dog = await addNew(db, dataset, { label: 'dog', pixels: 'dog' })
  const rita = { by: 'rita', as: 'reviewer' as const, agreement: 1 }
  await decide(db, dataset, { ...rita, examples: [ids.vouched ?? 0], decision: 'keep' })
  await decide(db, dataset, { ...rita, examples: [ids.excluded ?? 0], decision: 'exclude' })
  await setWithdrawn(db, dataset, { teacher: 'withdrawn', by: 'max', withdrawn: true })
  return { db, dataset, ids }
}

test('a label is back with its pictures and what they were, under its old id', async () => {
  const { db, dataset, ids } = await makeLabels()
  const before = await look(db)
  const { id } = await deleteLabel(db, dataset, { label: cat, ...max })
  assert.deepEqual(await look(db), ['dog dog kept'])
  assert.deepEqual(await listDeletedLabels(db, dataset), [
    { id, label: 'cat', examples: 4, into: null, daysLeft: UNDO_DAYS },
  ])
  const restored = await restoreLabel(db, dataset, { label: parseLabel('CAT'), ...max })
  assert.deepEqual(restored, { restored: 'cat', examples: 4, left: 0, joined: 0 })
  assert.deepEqual(await look(db), before)
  assert.deepEqual(await listDeletedLabels(db, dataset), [])
  // What was decided about them can be undone as before.
  assert.equal((await undoLast(db, dataset, { by: 'rita' }))?.example, ids.excluded)
  await assert.rejects(restoreLabel(db, dataset, { label: cat, ...max }), { code: 'label.not-deleted' })
  assert.deepEqual(
    (await db.selectFrom('labels').select('id').where('name', '=', 'cat').execute()).map((row) => row.id),
    [id],
  )
})

test('while it is deleted, nobody decides about its pictures, and undoing passes them over', async () => {
  const { db, dataset, ids } = await makeLabels()
  await deleteLabel(db, dataset, { label: cat, ...max })
  const verdict = { examples: [ids.kept ?? 0], decision: 'exclude' as const, agreement: 1 }
  await assert.rejects(decide(db, dataset, { ...verdict, ...max }), { code: 'review.gone' })
  assert.equal(await undoLast(db, dataset, { by: 'rita' }), undefined)
  await restoreLabel(db, dataset, { label: cat, ...max })
  assert.equal((await undoLast(db, dataset, { by: 'rita' }))?.example, ids.excluded)
})

test('joined with a label of the same name that was made meanwhile, nothing is lost and nothing doubled', async () => {
  const { db, dataset } = await makeLabels()
  await deleteLabel(db, dataset, { label: cat, ...max })
  await addNew(db, dataset, { label: 'Cat', pixels: 'kept', by: 'zoe' })
  await addNew(db, dataset, { label: 'Cat', pixels: 'new', by: 'zoe' })
  const restored = await restoreLabel(db, dataset, { label: cat, ...max })
  assert.deepEqual(restored, { restored: 'cat', examples: 4, left: 0, joined: 2 })
  assert.deepEqual(await look(db), [
    'dog dog kept',
    'excluded Cat excluded',
    'kept Cat kept',
    'new Cat kept',
    'vouched Cat vouched',
    'withdrawn Cat withdrawn',
  ])
  assert.deepEqual(await countLabels(db, dataset), [
    { label: 'Cat', examples: 3 },
    { label: 'dog', examples: 1 },
  ])
})

test('deleted twice under one name, the last one comes back first', async () => {
  const { db, dataset } = await makeDataset()
  for (const pixels of ['first', 'second']) {
    await addNew(db, dataset, { label: 'cat', pixels })
    await deleteLabel(db, dataset, { label: cat, ...max })
  }
  await restoreLabel(db, dataset, { label: cat, ...max })
  assert.deepEqual(await look(db), ['second cat kept'])
  assert.equal((await restoreLabel(db, dataset, { label: cat, ...max })).joined, 1)
  assert.deepEqual(await look(db), ['first cat kept', 'second cat kept'])
})

test('whoever withdraws, or deletes their own, reaches what is deleted', async () => {
  const { db, dataset, ids } = await makeLabels()
  await deleteLabel(db, dataset, { label: cat, ...max })
  assert.equal(await setWithdrawn(db, dataset, { teacher: 'kept', by: 'max', withdrawn: true }), 0)
  await setWithdrawn(db, dataset, { teacher: 'withdrawn', by: 'max', withdrawn: false })
  assert.equal(await removeOwnExamples(db, dataset, { examples: [ids.vouched ?? 0], by: 'vouched' }), 1)
  assert.equal((await restoreLabel(db, dataset, { label: cat, ...max })).examples, 3)
  assert.deepEqual(await look(db), [
    'dog dog kept',
    'excluded cat excluded',
    'kept cat withdrawn',
    'withdrawn cat kept',
  ])
})

test('only whoever may do what the one who deleted it did brings it back', async () => {
  const { db, dataset } = await makeDataset()
  await addNew(db, dataset, { label: 'cat', pixels: 'a' })
  const restore = (as: 'teacher' | 'lone-reviewer' | 'reviewer' | 'manager') =>
    restoreLabel(db, dataset, { label: cat, by: 'somebody', as })
  await deleteLabel(db, dataset, { label: cat, ...max })
  for (const as of ['teacher', 'lone-reviewer', 'reviewer'] as const)
    await assert.rejects(restore(as), { code: 'label.deleted-by' })
  await restore('manager')
  await deleteLabel(db, dataset, { label: cat, by: 'rita', as: 'lone-reviewer' })
  assert.equal((await restore('teacher')).examples, 1)
})

test('after seven days it is gone for good, and not a moment before', async () => {
  const { db, dataset } = await makeLabels()
  const before = await look(db)
  await deleteLabel(db, dataset, { label: cat, ...max })
  const deletedAt = Date.now()
  await sweepDeletedLabels(db, deletedAt + (UNDO_DAYS - 1) * DAY_MS)
  assert.equal((await listDeletedLabels(db, dataset, deletedAt + (UNDO_DAYS - 1) * DAY_MS))[0]?.daysLeft, 1)
  await restoreLabel(db, dataset, { label: cat, ...max })
  assert.deepEqual(await look(db), before)

  await deleteLabel(db, dataset, { label: cat, ...max })
  const later = Date.now() + (UNDO_DAYS + 1) * DAY_MS
  assert.deepEqual(await listDeletedLabels(db, dataset, later), [])
  assert.deepEqual(await sweepDeletedLabels(db, later), [])
  await assert.rejects(restoreLabel(db, dataset, { label: cat, ...max }), { code: 'label.not-deleted' })
  for (const table of ['examples', 'pictures', 'labels'] as const)
    assert.equal((await db.selectFrom(table).selectAll().execute()).length, 1, table)
  const [purged] = await db.selectFrom('audit').selectAll().where('action', '=', 'label purged').execute()
  assert.deepEqual(JSON.parse(purged?.detail ?? ''), { label: 'cat', examples: 4 })
})

test('versions that learned from a purged label go as after forgetting; those that were trained since stay', async () => {
  const { db, dataset } = await makeLabels()
  const [labelled] = await db.selectFrom('labels').select('id').where('name', '=', 'cat').execute()
  const train = async () =>
    addVersion(db, dataset, {
      backbone: BACKBONE,
      summary: { ...madeUpSummary, labels: ['cat'], readAt: new Date().toISOString() },
      classifier: { made: 'up' },
      labelIds: [labelled?.id ?? 0],
      survey: surveyOf([]),
      activate: true,
      by: 'ann',
    })
  await train()
  assert.deepEqual((await readActiveLabels(db, dataset))?.names, ['cat'])
  await deleteLabel(db, dataset, { label: cat, ...max })
  // True in the very next answer, and again when it is back.
  assert.deepEqual((await readActiveLabels(db, dataset))?.names, [null])
  await restoreLabel(db, dataset, { label: cat, ...max })
  assert.deepEqual((await readActiveLabels(db, dataset))?.names, ['cat'])
  await deleteLabel(db, dataset, { label: cat, ...max })
  assert.deepEqual(await sweepDeletedLabels(db, Date.now() + 8 * DAY_MS), [dataset])
  const due = db.selectFrom('expiring').select('key').where('key', '=', `due:${dataset}`)
  assert.equal((await due.execute()).length, 1)
  // What was trained after the deletion never saw the label.
  await addNew(db, dataset, { label: 'cow', pixels: 'cow' })
  await deleteLabel(db, dataset, { label: parseLabel('cow'), ...max })
  await train()
  await db.deleteFrom('expiring').execute()
  assert.deepEqual(await sweepDeletedLabels(db, Date.now() + 8 * DAY_MS), [])
  assert.equal((await due.execute()).length, 0)
})

test('a restored label can be renamed, and its name was free meanwhile', async () => {
  const { db, dataset } = await makeLabels()
  await deleteLabel(db, dataset, { label: cat, ...max })
  await renameLabel(db, dataset, { from: dog, to: cat, by: 'max' })
  await renameLabel(db, dataset, { from: cat, to: dog, by: 'max' })
  await restoreLabel(db, dataset, { label: cat, ...max })
  assert.ok(await hasLabel(db, dataset, cat))
  assert.deepEqual(
    (await countLabels(db, dataset)).map((l) => l.label),
    ['cat', 'dog'],
  )
})
