// Many examples changed at once, and undone: the database is as it was before.
import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import type { Database } from '../../src/db/connection.ts'
import { listDeletedLabels } from '../../src/db/deleted-labels.ts'
import { forgetPerson } from '../../src/db/forget-person.ts'
import { forgetPicture } from '../../src/db/forget-picture.ts'
import { countLabels } from '../../src/db/labels.ts'
import { setWithdrawn } from '../../src/db/people.ts'
import { decide } from '../../src/db/reviews.ts'
import { measureStorage } from '../../src/db/storage.ts'
import { sweepDeletedLabels } from '../../src/db/sweep-labels.ts'
import type { Actor } from '../../src/db/transitions.ts'
import { UNDO_DAYS } from '../../src/db/undo-days.ts'
import { parseLabel } from '../../src/label.ts'
import { changeExamples, undoChange } from '../../src/services/example-changes.ts'
import { add, addNew, makeDatabase, openMain } from '../support/database.ts'

const DAY_MS = 24 * 3600_000
/** More than two batches. */
const MANY = 1_100

type Made = { db: Database; dataset: number; ids: number[] }
type By = { by?: string; as?: Actor; agreement?: number }
type Change = Parameters<typeof changeExamples>[2]

function helpers({ db, dataset }: Made) {
  const app = { db, events: new EventEmitter() } as never
  const finish = async <T>(work: AsyncGenerator<unknown, T>): Promise<T> => {
    for (;;) {
      const { done, value } = await work.next()
      if (done) return value
    }
  }
  const REVIEWER = { by: 'rita', as: 'reviewer' as const, agreement: 1 }
  return {
    change: (examples: number[], change: Change['change'], { label, ...who }: By & { label?: string } = {}) =>
      finish(
        changeExamples(app, dataset, {
          ...REVIEWER,
          ...who,
          examples,
          change,
          label: label === undefined ? undefined : parseLabel(label),
        }),
      ),
    undo: (change: string, who: By = {}) => finish(undoChange(app, dataset, { ...REVIEWER, ...who, change })),
    /** All that is learned from, and where. */
    state: async () => ({
      labels: await db.selectFrom('labels').selectAll().orderBy('id').execute(),
      examples: await db.selectFrom('examples').selectAll().orderBy('id').execute(),
      pictures: await db.selectFrom('pictures').select('id').orderBy('id').execute(),
    }),
    count: async (action: string) =>
      (
        await db
          .selectFrom('audit')
          .select((e) => e.fn.countAll<number>().as('n'))
          .where('action', '=', action as never)
          .executeTakeFirstOrThrow()
      ).n,
  }
}

/** `ids`: of two labels, the first of which has one picture that the second has, too. */
async function make(): Promise<Made> {
  const { db } = await makeDatabase()
  const dataset = await openMain(db, '1')
  const ids: number[] = []
  for (const pixels of ['a', 'b', 'c']) ids.push(await addNew(db, dataset, { label: 'cat', pixels }))
  ids.push(await addNew(db, dataset, { label: 'dog', pixels: 'a', file: 'again' }))
  ids.push(await addNew(db, dataset, { label: 'dog', pixels: 'd' }))
  return { db, dataset, ids }
}

/** The same with many pictures more under the first label. */
async function makeMany(): Promise<Made> {
  const made = await make()
  const { db, dataset, ids } = made
  const { id: _, ...copied } = await db.selectFrom('pictures').selectAll().limit(1).executeTakeFirstOrThrow()
  const rows = Array.from({ length: MANY }, (_, i) => ({ ...copied, pixel_hash: Buffer.from(`${i}`) }))
  const pictures = await db.insertInto('pictures').values(rows).returning('id').execute()
  const { label } = await db.selectFrom('examples').select('label').limit(1).executeTakeFirstOrThrow()
  const examples = pictures.map(({ id }) => ({ picture: id, label, file: 'f', filed_at: '2026', filed_by: 'ann' }))
  const added = await db.insertInto('examples').values(examples).returning('id').execute()
  return { db, dataset, ids: [...ids.slice(0, 3), ...added.map((row) => row.id)] }
}

test('many are moved, each is in the audit log, and all are moved back by one undo', async () => {
  const made = await makeMany()
  const { change, undo, state, count } = helpers(made)
  const before = await state()
  const moved = await change([...made.ids, 99_999], 'move', { label: 'lion' })
  assert.deepEqual([moved.done, moved.waiting, moved.refused, moved.gone], [made.ids.length, 0, 0, 1])
  assert.deepEqual(await countLabels(made.db, made.dataset), [
    { label: 'dog', examples: 2 },
    { label: 'lion', examples: made.ids.length },
  ])
  assert.equal(await count('reviewed'), made.ids.length)
  assert.deepEqual(await undo(moved.id), { undone: made.ids.length, left: 0 })
  // The label went with its last example, and has its id again.
  assert.deepEqual(await state(), before)
  assert.equal(await count('review undone'), made.ids.length)
  assert.deepEqual(await undo(moved.id), { undone: 0, left: 0 })
})

test('where a label has the picture already, both examples are what they were after an undo', async () => {
  const made = await make()
  const { change, undo, state } = helpers(made)
  const [cat = 0, , , dog = 0] = made.ids
  await change([dog], 'exclude')
  const before = await state()
  const moved = await change([cat, dog], 'move', { label: 'dog' })
  assert.equal(moved.done, 2)
  await undo(moved.id)
  assert.deepEqual(await state(), before)
})

test('many are removed, found nowhere, and brought back by one undo', async () => {
  const made = await makeMany()
  const { change, undo, state, count } = helpers(made)
  const { db, dataset } = made
  const before = await state()
  const removed = await change(made.ids, 'remove', { by: 'ann', as: 'teacher' })
  assert.deepEqual([removed.done, removed.refused], [made.ids.length, 0])
  assert.deepEqual(await countLabels(db, dataset), [{ label: 'dog', examples: 2 }])
  assert.deepEqual(await listDeletedLabels(db, dataset), [])
  assert.equal((await measureStorage(db, dataset)).pictures, 2)
  assert.deepEqual(await undo(removed.id, { by: 'ann', as: 'teacher' }), { undone: made.ids.length, left: 0 })
  assert.deepEqual(await state(), before)
  assert.deepEqual([await count('unfiled'), await count('restored')], [made.ids.length, made.ids.length])
})

test('what was removed goes for good after a week, and what was added again meanwhile stays', async () => {
  const made = await make()
  const { change, undo, state } = helpers(made)
  const { db, dataset, ids } = made
  const removed = await change(ids.slice(0, 3), 'remove')
  const again = await addNew(db, dataset, { label: 'cat', pixels: 'b', file: 'again' })
  assert.deepEqual(await undo(removed.id), { undone: 2, left: 1 })
  assert.equal((await state()).examples.filter((row) => row.state === 'kept' && row.id === again).length, 1)
  const later = await change(ids.slice(0, 1), 'remove')
  await sweepDeletedLabels(db, Date.now() + (UNDO_DAYS + 1) * DAY_MS)
  assert.deepEqual(await undo(later.id), { undone: 0, left: 0 })
  const { examples } = await state()
  assert.deepEqual(
    examples.map((row) => row.id),
    [ids[2], ids[3], ids[4], again],
  )
})

test('what was removed is forgotten as everything else is, and nothing brings it back', async () => {
  const { db, dataset, ids } = await make()
  const { change, undo, state } = helpers({ db, dataset, ids })
  const eves = await addNew(db, dataset, { label: 'lion', pixels: 'e', by: 'eve' })
  const { examples } = await state()
  const picture = examples.find((row) => row.id === ids[2])?.picture ?? 0
  const removed = await change([eves, ids[2] ?? 0], 'remove')
  await forgetPerson(db, { by: 'eve', server: '1' })
  await forgetPicture(db, dataset, { picture, by: 'ann' })
  assert.deepEqual(await undo(removed.id), { undone: 0, left: 0 })
  assert.deepEqual((await state()).pictures.length, 3)
})

test('what somebody changed since stays, and withdrawing meanwhile counts', async () => {
  const made = await make()
  const { change, undo, state } = helpers(made)
  const { db, dataset, ids } = made
  const [one = 0, two = 0, three = 0] = ids
  const excluded = await change([one, two], 'exclude')
  const verdict = { by: 'sam', as: 'reviewer' as const, agreement: 1 }
  await decide(db, dataset, { ...verdict, examples: [two], decision: 'keep' })
  assert.deepEqual(await undo(excluded.id), { undone: 1, left: 1 })
  const removed = await change([three], 'remove')
  await setWithdrawn(db, dataset, { teacher: 'ann', by: 'max', withdrawn: true })
  await undo(removed.id)
  const states = new Map((await state()).examples.map((row) => [row.id, row.state]))
  assert.deepEqual([states.get(one), states.get(three)], ['withdrawn', 'withdrawn'])
})

test('a teacher changes what nobody decided about; another person undoes nothing of it', async () => {
  const made = await make()
  const { change, undo } = helpers(made)
  const [one = 0, two = 0, three = 0] = made.ids
  const teacher = { by: 'tom', as: 'teacher' as const }
  await change([one], 'keep')
  const moved = await change([one, two], 'move', { ...teacher, label: 'dog' })
  assert.deepEqual([moved.done, moved.refused], [1, 1])
  assert.deepEqual(await undo(moved.id, { by: 'eve', as: 'manager' }), { undone: 0, left: 0 })
  assert.deepEqual(await undo(moved.id, teacher), { undone: 1, left: 0 })
  const removed = await change([one, three], 'remove', teacher)
  assert.deepEqual([removed.done, removed.refused], [1, 1])
  const byReviewer = await change([one], 'remove')
  await assert.rejects(undo(byReviewer.id, teacher), { code: 'label.deleted-by' })
  await undo(byReviewer.id)
})

test('where others must agree, all of it waits, and is taken back', async () => {
  const made = await make()
  const { change, undo, state } = helpers(made)
  const before = await state()
  const excluded = await change(made.ids, 'exclude', { agreement: 2 })
  assert.deepEqual([excluded.done, excluded.waiting], [0, made.ids.length])
  assert.deepEqual(await undo(excluded.id, { agreement: 2 }), { undone: made.ids.length, left: 0 })
  assert.deepEqual(await state(), before)
  await assert.rejects(
    change(
      Array.from({ length: 10_001 }, (_, i) => i + 1),
      'exclude',
    ),
    { code: 'review.too-many' },
  )
  assert.equal(await add(made.db, made.dataset, { label: 'cat', pixels: 'a' }), undefined)
})
