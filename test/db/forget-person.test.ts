// Nothing names somebody who was forgotten, in whatever state their pictures were, and nothing brings them back.
import assert from 'node:assert/strict'
import { sql } from 'kysely'
import type { Database } from '../../src/db/connection.ts'
import { restoreLabel } from '../../src/db/deleted-labels.ts'
import { readPicturesOf } from '../../src/db/export-person.ts'
import { addFeedback } from '../../src/db/feedback.ts'
import { forgetPerson } from '../../src/db/forget-person.ts'
import { forgetPicture } from '../../src/db/forget-picture.ts'
import { deleteLabel } from '../../src/db/labels.ts'
import { mergeLabels } from '../../src/db/merge-labels.ts'
import { countExamplesOf, setWithdrawn } from '../../src/db/people.ts'
import { findPicture } from '../../src/db/pictures.ts'
import { decide } from '../../src/db/reviews.ts'
import { openTtlStore } from '../../src/db/ttl-store.ts'
import { undoLast } from '../../src/db/undo-review.ts'
import { parseLabel } from '../../src/label.ts'
import { addNew, hashOf, makeDatabase, openMain } from '../support/database.ts'
import { test } from '../support/each-engine.ts'

const EVE = '140000000000000001'

/** Every row of every table that holds a text, in whatever column. */
async function rowsWith(db: Database, text: string): Promise<string[]> {
  const tables = await db.introspection.getTables()
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db)
    for (const row of rows) {
      const values = Object.values(row).map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : `${value}`))
      if (values.some((value) => value.includes(text))) found.push(`${name}: ${values.join(' ')}`.slice(0, 200))
    }
  }
  return found
}

/** Pictures of eve in every state that there is, of which one was posted by her; and one of ann. */
async function makeWorld() {
  const { db } = await makeDatabase()
  const dataset = await openMain(db, '1')
  const by = { by: EVE }
  const examples = {
    excluded: await addNew(db, dataset, { label: 'cat', pixels: 'secret 1', ...by }),
    vouched: await addNew(db, dataset, { label: 'cat', pixels: 'secret 2', ...by }),
    moved: await addNew(db, dataset, { label: 'cat', pixels: 'secret 3', ...by }),
    waiting: await addNew(db, dataset, { label: 'cat', pixels: 'secret 4', ...by }),
    posted: await addNew(db, dataset, { label: 'dog', pixels: 'secret 5', by: 'ann', poster: EVE }),
  }
  await addNew(db, dataset, { label: 'dog', pixels: 'of ann', by: 'ann' })
  const review = { as: 'reviewer' as const, by: 'rita', agreement: 1 }
  await decide(db, dataset, { ...review, examples: [examples.excluded], decision: 'exclude' })
  await decide(db, dataset, { ...review, examples: [examples.vouched], decision: 'keep' })
  await decide(db, dataset, { ...review, examples: [examples.moved], decision: 'move', label: parseLabel('bird') })
  await decide(db, dataset, { ...review, examples: [examples.waiting], decision: 'exclude', agreement: 2 })
  return { db, dataset, examples }
}

test('pictures that reviewers decided about are gone, and undoing the decisions brings none back', async () => {
  const { db, dataset } = await makeWorld()
  await setWithdrawn(db, dataset, { teacher: EVE, by: 'rita', withdrawn: true })
  assert.ok((await rowsWith(db, EVE)).length > 8)
  assert.deepEqual(await forgetPerson(db, { by: EVE, server: '1' }), [{ dataset, examples: 5 }])
  for (const text of [EVE, 'secret']) assert.deepEqual(await rowsWith(db, text), [], text)
  assert.equal(await undoLast(db, dataset, { by: 'rita' }), undefined)
  assert.equal(await setWithdrawn(db, dataset, { teacher: EVE, by: 'rita', withdrawn: false }), 0)
  assert.equal((await rowsWith(db, 'copy of')).length, 1)
})

test('what was deleted with its label is gone for good', async () => {
  const { db, dataset } = await makeWorld()
  for (const label of ['cat', 'bird', 'dog'])
    await deleteLabel(db, dataset, { label: parseLabel(label), by: 'rita', as: 'manager' })
  assert.ok((await rowsWith(db, 'secret')).length > 0)
  await forgetPerson(db, { by: EVE })
  for (const text of [EVE, 'secret']) assert.deepEqual(await rowsWith(db, text), [], text)
  assert.equal(await undoLast(db, dataset, { by: 'rita' }), undefined)
  const restore = (label: string) => restoreLabel(db, dataset, { label: parseLabel(label), by: 'rita', as: 'manager' })
  for (const label of ['cat', 'bird']) await assert.rejects(restore(label), { code: 'label.not-deleted' })
  // What somebody else added to the label is brought back.
  assert.equal((await restore('dog')).examples, 1)
  assert.deepEqual(await rowsWith(db, 'secret'), [])
})

test('what gave way when labels were merged, and could be brought back, is gone for good', async () => {
  const { db, dataset } = await makeWorld()
  await addNew(db, dataset, { label: 'lion', pixels: 'secret 1', by: 'ann' })
  await addNew(db, dataset, { label: 'lion', pixels: 'secret 2', by: EVE })
  await addNew(db, dataset, { label: 'lion', pixels: 'of ann', by: 'ann' })
  const merge = { from: parseLabel('cat'), into: parseLabel('lion'), by: 'rita', as: 'manager' as const }
  await mergeLabels(db, dataset, merge)
  await forgetPerson(db, { by: EVE })
  assert.deepEqual(await rowsWith(db, EVE), [])
  const restored = await restoreLabel(db, dataset, { label: parseLabel('cat'), by: 'rita', as: 'manager' }).catch(
    (error) => error.code,
  )
  assert.equal(restored, 'label.not-deleted')
  const rows = await db.selectFrom('examples').select(['filed_by', 'state']).where('filed_by', '<>', 'ann').execute()
  assert.deepEqual(rows, [])
})

test('one picture that awaits being brought back with its label is forgotten, too', async () => {
  const { db, dataset } = await makeWorld()
  await deleteLabel(db, dataset, { label: parseLabel('cat'), by: 'rita', as: 'manager' })
  const picture = (await findPicture(db, dataset, { pixelHash: hashOf('secret 1') })) ?? 0
  assert.equal(await forgetPicture(db, dataset, { picture, by: EVE }), 1)
  assert.deepEqual(await rowsWith(db, 'secret 1'), [])
  const restored = await restoreLabel(db, dataset, { label: parseLabel('cat'), by: 'rita', as: 'manager' })
  assert.equal(restored.examples, 2)
})

test('who was asked, and what waits for them, is gone', async () => {
  const { db } = await makeWorld()
  const store = openTtlStore(db)
  await store.set('asked:1', { poster: EVE, teacher: { id: 'ann' } }, 60_000)
  await store.set('asked:2', { poster: 'bob', teacher: { id: EVE } }, 60_000)
  await store.set('asked:3', { poster: 'bob', teacher: { id: 'ann' } }, 60_000)
  await store.set('post:1', { poster: EVE }, 60_000)
  await store.set('details:1', { pages: [[`Added by <@${EVE}>.`]] }, 60_000)
  await store.set('details:2', { pages: [['Added by <@1>.']] }, 60_000)
  await store.set('deed:1', { command: 'withdraw', options: { teacher: EVE } }, 60_000)
  await store.set(`lately:${EVE}`, '1', 60_000)
  await forgetPerson(db, { by: EVE })
  const { rows } = await sql<{ key: string }>`select key from expiring where key not like 'due:%'`.execute(db)
  assert.deepEqual(rows, [{ key: 'asked:3' }, { key: 'details:2' }])
  assert.deepEqual(await rowsWith(db, EVE), [])
})

test('everywhere is every server, whether it still knows the person by pictures or only by name', async () => {
  const { db, dataset } = await makeWorld()
  const [second, third] = [await openMain(db, '2'), await openMain(db, '3')]
  await addNew(db, second, { label: 'cat', pixels: 'secret 6', by: EVE })
  await addFeedback(db, third, { prediction: 'p', version: 1, said: 'cat', right: true, truth: null, by: EVE })
  assert.deepEqual(await countExamplesOf(db, { by: EVE }), [
    { dataset, examples: 5 },
    { dataset: second, examples: 1 },
  ])
  assert.deepEqual(await forgetPerson(db, { by: EVE }), [
    { dataset, examples: 5 },
    { dataset: second, examples: 1 },
  ])
  for (const text of [EVE, 'secret']) assert.deepEqual(await rowsWith(db, text), [], text)
})

test('one picture is forgotten by whoever posted it, with what its file was called', async () => {
  const { db, dataset } = await makeWorld()
  const listed = await Array.fromAsync(readPicturesOf(db, { by: EVE }))
  assert.deepEqual(
    listed.map(({ file, addedBy }) => [file, addedBy]),
    [...[1, 2, 3, 4].map((k) => [`secret ${k}`, EVE]), ['secret 5', 'ann']],
  )
  for (const k of [1, 5]) {
    const picture = (await findPicture(db, dataset, { pixelHash: hashOf(`secret ${k}`) })) ?? 0
    assert.equal(await forgetPicture(db, dataset, { picture, by: 'bob' }), 0)
    assert.equal(await forgetPicture(db, dataset, { picture, by: EVE }), 1)
    assert.deepEqual(await rowsWith(db, `secret ${k}`), [])
  }
  assert.ok((await rowsWith(db, 'secret 2')).length > 0)
})
