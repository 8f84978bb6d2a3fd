// Merging undone: every example is again under its label, in the state that it had, unless somebody decided about it since.
import assert from 'node:assert/strict'
import type { Database } from '../../src/db/connection.ts'
import { listDeletedLabels, restoreLabel } from '../../src/db/deleted-labels.ts'
import { deleteLabel } from '../../src/db/labels.ts'
import { mergeLabels } from '../../src/db/merge-labels.ts'
import { setWithdrawn } from '../../src/db/people.ts'
import { decide } from '../../src/db/reviews.ts'
import { sweepDeletedLabels } from '../../src/db/sweep-labels.ts'
import { columnsOf, STANDINGS } from '../../src/db/transitions.ts'
import { UNDO_DAYS } from '../../src/db/undo-days.ts'
import { readNamesNow } from '../../src/db/version-labels.ts'
import { parseLabel } from '../../src/label.ts'
import { addNew, makeDataset } from '../support/database.ts'
import { test } from '../support/each-engine.ts'

const [kitten, cat, lion] = [parseLabel('kitten'), parseLabel('cat'), parseLabel('lion')]
const max = { by: 'max', as: 'manager' as const }
const DAY_MS = 24 * 60 * 60 * 1000

/** Every column that can change, of every example that is not deleted. */
async function look(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select(['examples.id', 'file', 'filed_by', 'name', 'state', 'vouched'])
    .where('state', '<>', 'deleted')
    .orderBy('examples.id')
    .execute()
  return rows.map((row) => Object.values(row).join(' '))
}

const STATES = STANDINGS.filter((standing) => standing !== 'deleted')
const columns = (standing: (typeof STATES)[number]) =>
  standing === 'withdrawn' ? { state: 'withdrawn' as const, vouched: 0 } : columnsOf(standing)

for (const as of ['teacher', 'reviewer'] as const)
  test(`whatever both labels had in whatever states, a ${as}'s merging is undone without a trace`, async () => {
    const { db, dataset } = await makeDataset()
    for (const source of STATES)
      for (const target of STATES)
        for (const [label, standing] of [
          ['kitten', source],
          ['cat', target],
        ] as const) {
          const pixels = `${source} and ${target}`
          const id = await addNew(db, dataset, { label, pixels, by: `teacher of ${label}` })
          await db.updateTable('examples').set(columns(standing)).where('id', '=', id).execute()
        }
    await addNew(db, dataset, { label: 'kitten', pixels: 'of kitten' })
    await addNew(db, dataset, { label: 'cat', pixels: 'of cat' })
    const before = await look(db)
    await mergeLabels(db, dataset, { from: kitten, into: cat, by: 'somebody', as })
    const merged = await look(db)
    assert.equal(merged.length, STATES.length ** 2 + 2)
    assert.equal((await listDeletedLabels(db, dataset))[0]?.into, 'cat')
    const restored = await restoreLabel(db, dataset, { label: kitten, by: 'somebody', as })
    assert.deepEqual(restored, { restored: 'kitten', examples: STATES.length ** 2 + 1, left: 0, joined: 0 })
    assert.deepEqual(await look(db), before)
    const rows = await db.selectFrom('examples').select('id').where('state', '=', 'deleted').execute()
    assert.deepEqual(rows, [])
    assert.deepEqual(await db.selectFrom('merged_examples').selectAll().execute(), [])
    // And once more, as if nothing had been.
    await mergeLabels(db, dataset, { from: kitten, into: cat, by: 'somebody', as })
    assert.deepEqual(await look(db), merged)
  })

test('what somebody moved or decided about since stays, and is counted; withdrawing is not a decision about the label', async () => {
  const { db, dataset } = await makeDataset()
  const add = (label: string, pixels: string, by = 'ann') => addNew(db, dataset, { label, pixels, by })
  const moved = await add('kitten', 'moved')
  const confirmed = await add('kitten', 'confirmed')
  await add('kitten', 'withdrawn', 'eve')
  await add('kitten', 'untouched')
  await add('cat', 'cat')
  await mergeLabels(db, dataset, { from: kitten, into: cat, ...max })
  const rita = { by: 'rita', as: 'reviewer' as const, agreement: 1 }
  await decide(db, dataset, { ...rita, examples: [moved], decision: 'move', label: lion })
  await decide(db, dataset, { ...rita, examples: [confirmed], decision: 'keep' })
  await setWithdrawn(db, dataset, { teacher: 'eve', by: 'max', withdrawn: true })
  const restored = await restoreLabel(db, dataset, { label: kitten, ...max })
  assert.deepEqual(restored, { restored: 'kitten', examples: 2, left: 2, joined: 0 })
  const rows = (await look(db)).map((row) => row.split(' ').slice(1).join(' '))
  assert.deepEqual(rows, [
    'moved ann lion kept 1',
    'confirmed ann cat kept 1',
    'withdrawn eve kitten withdrawn 0',
    'untouched ann kitten kept 0',
    'cat ann cat kept 0',
  ])
})

test('a picture that both had is again under both, also where a reviewer then kept the one that stayed', async () => {
  const { db, dataset } = await makeDataset()
  const own = await addNew(db, dataset, { label: 'kitten', pixels: 'both', by: 'ann' })
  const other = await addNew(db, dataset, { label: 'cat', pixels: 'both', by: 'bob' })
  await mergeLabels(db, dataset, { from: kitten, into: cat, ...max })
  await decide(db, dataset, { by: 'rita', as: 'reviewer', agreement: 1, examples: [other], decision: 'keep' })
  await restoreLabel(db, dataset, { label: kitten, ...max })
  assert.deepEqual(await look(db), [`${own} both ann kitten kept 0`, `${other} both bob cat kept 1`])
})

test('of a chain, the last is undone first, and versions from before know every name again', async () => {
  const { db, dataset } = await makeDataset()
  for (const label of ['kitten', 'cat', 'lion']) await addNew(db, dataset, { label, pixels: label })
  const ids = (await db.selectFrom('labels').select('id').orderBy('id').execute()).map((row) => row.id)
  const before = await look(db)
  await mergeLabels(db, dataset, { from: kitten, into: cat, ...max })
  await mergeLabels(db, dataset, { from: cat, into: lion, ...max })
  assert.deepEqual(await readNamesNow(db, ids), ['lion', 'lion', 'lion'])
  await assert.rejects(restoreLabel(db, dataset, { label: kitten, ...max }), { code: 'label.merged-since' })
  await restoreLabel(db, dataset, { label: cat, ...max })
  assert.deepEqual(await readNamesNow(db, ids), ['cat', 'cat', 'lion'])
  await restoreLabel(db, dataset, { label: kitten, ...max })
  assert.deepEqual(await readNamesNow(db, ids), ['kitten', 'cat', 'lion'])
  assert.deepEqual(await look(db), before)
})

test('a label whose pictures went to one that was deleted comes back after that one', async () => {
  const { db, dataset } = await makeDataset()
  for (const label of ['kitten', 'cat']) await addNew(db, dataset, { label, pixels: label })
  await mergeLabels(db, dataset, { from: kitten, into: cat, ...max })
  await deleteLabel(db, dataset, { label: cat, ...max })
  await assert.rejects(restoreLabel(db, dataset, { label: kitten, ...max }), { code: 'label.merged-since' })
  await restoreLabel(db, dataset, { label: cat, ...max })
  assert.equal((await restoreLabel(db, dataset, { label: kitten, ...max })).examples, 1)
})

test('a label that was merged and made again: both are one', async () => {
  const { db, dataset } = await makeDataset()
  await addNew(db, dataset, { label: 'kitten', pixels: 'old' })
  await addNew(db, dataset, { label: 'cat', pixels: 'cat' })
  await mergeLabels(db, dataset, { from: kitten, into: cat, ...max })
  await addNew(db, dataset, { label: 'kitten', pixels: 'new' })
  assert.equal((await restoreLabel(db, dataset, { label: kitten, ...max })).joined, 1)
  const rows = (await look(db)).map((row) => row.split(' ').slice(1, 4).join(' '))
  assert.deepEqual(rows, ['old ann kitten', 'cat ann cat', 'new ann kitten'])
})

test('after seven days nothing of it is left but the merged label', async () => {
  const { db, dataset } = await makeDataset()
  for (const label of ['kitten', 'cat']) await addNew(db, dataset, { label, pixels: 'both' })
  await addNew(db, dataset, { label: 'kitten', pixels: 'own' })
  await mergeLabels(db, dataset, { from: kitten, into: cat, ...max })
  assert.deepEqual(await sweepDeletedLabels(db, Date.now() + (UNDO_DAYS + 1) * DAY_MS), [])
  assert.equal((await look(db)).length, 2)
  for (const [table, rows] of [
    ['labels', 1],
    ['examples', 2],
    ['merged_examples', 0],
    ['pictures', 2],
  ] as const)
    assert.equal((await db.selectFrom(table).selectAll().execute()).length, rows, table)
})
