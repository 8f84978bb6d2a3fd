// Changes of more rows than one statement takes.
import assert from 'node:assert/strict'
import { restoreLabel } from '../../src/db/deleted-labels.ts'
import { findByNames } from '../../src/db/example-lists.ts'
import { removeOwnExamples } from '../../src/db/examples.ts'
import { readPicturesOf } from '../../src/db/export-person.ts'
import { forgetPerson } from '../../src/db/forget-person.ts'
import { deleteLabel } from '../../src/db/labels.ts'
import { setWithdrawn } from '../../src/db/people.ts'
import { decide } from '../../src/db/reviews.ts'
import { joinServer, leaveServers, purgeServers } from '../../src/db/servers.ts'
import { sweepDeletedLabels } from '../../src/db/sweep-labels.ts'
import { readTrainingExamples } from '../../src/db/training-examples.ts'
import { UNDO_DAYS } from '../../src/db/undo-days.ts'
import { parseLabel } from '../../src/label.ts'
import { addNew, makeDatabase, openMain } from '../support/database.ts'
import { test } from '../support/each-engine.ts'

const SERVER = '100'
const MANY = 1203

/** A server with many pictures of one person, and one of another. */
async function makeMany() {
  const { db } = await makeDatabase()
  await joinServer(db, SERVER)
  const dataset = await openMain(db, SERVER)
  const first = await addNew(db, dataset, { label: 'cat', pixels: 'first', by: '10%' })
  const other = await addNew(db, dataset, { label: 'dog', pixels: 'other', by: '100' })
  const { picture, label } = await db
    .selectFrom('examples')
    .select(['picture', 'label'])
    .where('id', '=', first)
    .executeTakeFirstOrThrow()
  const { id: _, ...copied } = await db
    .selectFrom('pictures')
    .selectAll()
    .where('id', '=', picture)
    .executeTakeFirstOrThrow()
  const rows = Array.from({ length: MANY - 1 }, (_, i) => ({ ...copied, pixel_hash: Buffer.from(`${i}`) }))
  const pictures = await db.insertInto('pictures').values(rows).returning('id').execute()
  const about = { label, file: 'f', filed_at: 't', filed_by: '10%' }
  await db
    .insertInto('examples')
    .values(pictures.map(({ id }) => ({ ...about, picture: id })))
    .execute()
  const count = async (table: 'pictures' | 'examples' | 'labels' | 'reviews' | 'audit' | 'datasets') =>
    (
      await db
        .selectFrom(table)
        .select((e) => e.fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
    ).n
  const learned = async () => (await readTrainingExamples(db, dataset)).map((e) => e.example)
  return { db, dataset, other, count, learned }
}

test('a decision about many is carried out for each, and each is in the audit log', async () => {
  const { db, dataset, other, count, learned } = await makeMany()
  const examples = (await learned()).filter((example) => example !== other)
  const before = await count('audit')
  const verdict = { examples, by: 'rita', as: 'reviewer' as const, agreement: 1 }
  assert.deepEqual(await decide(db, dataset, { ...verdict, decision: 'exclude' }), {
    done: MANY,
    waiting: 0,
    refused: 0,
  })
  assert.deepEqual(await learned(), [other])
  assert.deepEqual([await count('audit'), await count('reviews')], [before + MANY, MANY])
  const move = { ...verdict, decision: 'move' as const, label: parseLabel('lion'), agreement: 2 }
  assert.deepEqual(await decide(db, dataset, move), { done: 0, waiting: MANY, refused: 0 })
  // Labels are compared by key: another spelling says the same.
  const agreed = await decide(db, dataset, { ...move, by: 'sam', label: parseLabel('LION') })
  assert.deepEqual(agreed, { done: MANY, waiting: 0, refused: 0 })
  assert.equal((await readTrainingExamples(db, dataset)).filter((e) => e.label === 'LION' && e.vouched).length, MANY)
})

test('many are found by their numbers, and removed by whoever added them', async () => {
  const { db, dataset, other, count, learned } = await makeMany()
  const ids = await learned()
  const found = await findByNames(db, dataset, [...ids.map((id) => `#${id}`), '999999', 'f', `${ids[0]}-${ids[1]}`])
  assert.equal(found.get(`#${ids.at(-1)}`)?.[0], ids.at(-1))
  assert.deepEqual([found.get('999999'), found.get('f')?.length], [undefined, MANY - 1])
  assert.deepEqual(found.get(`${ids[0]}-${ids[1]}`), ids.slice(0, 2))
  assert.equal(await removeOwnExamples(db, dataset, { examples: ids, by: '10%' }), MANY)
  assert.deepEqual(await learned(), [other])
  assert.deepEqual([await count('pictures'), await count('labels')], [1, 1])
})

const DAY_MS = 24 * 60 * 60 * 1000

test('a label of many is deleted, brought back, and deleted for good with its pictures', async () => {
  const { db, dataset, other, count, learned } = await makeMany()
  const about = { label: parseLabel('cat'), by: 'max', as: 'manager' as const }
  assert.equal((await deleteLabel(db, dataset, about)).examples, MANY)
  assert.deepEqual(await learned(), [other])
  assert.equal((await restoreLabel(db, dataset, about)).examples, MANY)
  assert.equal((await learned()).length, MANY + 1)
  await deleteLabel(db, dataset, about)
  await sweepDeletedLabels(db, Date.now() + (UNDO_DAYS + 1) * DAY_MS)
  assert.deepEqual(await learned(), [other])
  assert.deepEqual([await count('pictures'), await count('labels')], [1, 1])
})

test('many are withdrawn and brought back', async () => {
  const { db, dataset, learned } = await makeMany()
  const withdraw = (withdrawn: boolean) => setWithdrawn(db, dataset, { teacher: '10%', by: 'max', withdrawn })
  assert.equal(await withdraw(true), MANY)
  assert.equal((await learned()).length, 1)
  assert.equal(await withdraw(false), MANY)
  assert.equal((await learned()).length, MANY + 1)
})

test('one’s pictures are read once each, over many pages', async () => {
  const { db } = await makeMany()
  const ids = (await Array.fromAsync(readPicturesOf(db, { server: SERVER, by: '10%' }))).map((row) => row.id)
  assert.equal(new Set(ids).size, MANY)
  assert.deepEqual(
    ids,
    ids.toSorted((a, b) => a - b),
  )
})

test('a person of many pictures is forgotten, and nobody whose name is alike', async () => {
  const { db, dataset, other, count, learned } = await makeMany()
  for (const key of ['dm:10%', 'dm:100', 'skipped:1:100'])
    await db.insertInto('expiring').values({ key, value: '1', expires_at: null }).execute()
  assert.deepEqual(await forgetPerson(db, { server: SERVER, by: '10%' }), [{ dataset, examples: MANY }])
  assert.deepEqual(await learned(), [other])
  assert.deepEqual([await count('pictures'), await count('labels')], [1, 1])
  const keys = await db.selectFrom('expiring').select('key').where('key', 'not like', 'due:%').orderBy('key').execute()
  assert.deepEqual(
    keys.map((row) => row.key),
    ['dm:100', 'skipped:1:100'],
  )
})

test('a server with many pictures is purged', async () => {
  const { db, count } = await makeMany()
  await leaveServers(db, [SERVER])
  assert.deepEqual(await purgeServers(db, new Date(Date.now() + 1000)), [SERVER])
  assert.deepEqual([await count('pictures'), await count('examples'), await count('datasets')], [0, 0, 0])
})
