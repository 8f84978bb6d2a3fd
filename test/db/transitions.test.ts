// Who may bring an example from which state to which: each decision by each actor on each state.
import assert from 'node:assert/strict'
import { hasExample, removeExample, removeOwnExamples } from '../../src/db/examples.ts'
import { deleteLabel } from '../../src/db/labels.ts'
import { setWithdrawn } from '../../src/db/people.ts'
import { findPicture } from '../../src/db/pictures.ts'
import { decide } from '../../src/db/reviews.ts'
import { type Actor, STANDINGS, type Standing, standingOf } from '../../src/db/transitions.ts'
import { errorCode } from '../../src/errors.ts'
import { parseLabel } from '../../src/label.ts'
import { addNew, hashOf, makeDataset } from '../support/database.ts'
import { sharedByEngine, test as testOnEach } from '../support/each-engine.ts'

const [cat, dog] = [parseLabel('cat'), parseLabel('dog')]
type Rank = Exclude<Actor, 'lone-reviewer'>
const ACTORS: Rank[] = ['teacher', 'reviewer', 'manager']
const LIVING = STANDINGS.filter((standing) => standing !== 'deleted')
const DECISIONS = ['keep', 'exclude', 'restore', 'move'] as const

const shared = sharedByEngine(makeDataset)
let { db, dataset } = { dataset: 0 } as Awaited<ReturnType<typeof makeDataset>>
let count = 0

const test = (name: string, work: () => Promise<void>): void =>
  testOnEach(name, async () => {
    ;({ db, dataset } = await shared())
    await work()
  })

/** An example of cat that stands as it should, of a teacher of its own. */
async function makeExample(standing: Standing) {
  const pixels = `picture ${count++}`
  const by = `teacher of ${pixels}`
  const label = standing === 'deleted' ? `label of ${pixels}` : 'cat'
  const example = await addNew(db, dataset, { label, pixels, by })
  const about = { examples: [example], by: 'rita', as: 'reviewer' as const, agreement: 1 }
  if (standing === 'vouched') await decide(db, dataset, { ...about, decision: 'keep' })
  if (standing === 'excluded') await decide(db, dataset, { ...about, decision: 'exclude' })
  if (standing === 'withdrawn') await setWithdrawn(db, dataset, { teacher: by, by: 'max', withdrawn: true })
  if (standing === 'deleted') await deleteLabel(db, dataset, { label: parseLabel(label), by: 'max', as: 'manager' })
  return { example, pixels, by }
}

async function stateOf(example: number): Promise<string> {
  const query = db.selectFrom('examples').innerJoin('labels', 'labels.id', 'examples.label')
  const row = await query.select(['state', 'vouched', 'name']).where('examples.id', '=', example).executeTakeFirst()
  return row ? `${row.name} ${standingOf(row)}` : 'gone'
}

/** By what each actor makes of an example that is kept, vouched, excluded, withdrawn and deleted; or why they may not. */
const EXPECTED: Record<(typeof DECISIONS)[number], Record<Rank, string[]>> = {
  keep: {
    teacher: ['review.decided', 'review.decided', 'review.decided', 'review.withdrawn', 'review.gone'],
    reviewer: ['cat vouched', 'cat vouched', 'cat vouched', 'review.withdrawn', 'review.gone'],
    manager: ['cat vouched', 'cat vouched', 'cat vouched', 'review.withdrawn', 'review.gone'],
  },
  exclude: {
    teacher: ['review.decided', 'review.decided', 'review.decided', 'review.withdrawn', 'review.gone'],
    reviewer: ['cat excluded', 'cat excluded', 'cat excluded', 'review.withdrawn', 'review.gone'],
    manager: ['cat excluded', 'cat excluded', 'cat excluded', 'review.withdrawn', 'review.gone'],
  },
  restore: {
    teacher: ['review.decided', 'review.decided', 'review.decided', 'review.withdrawn', 'review.gone'],
    reviewer: ['cat kept', 'cat vouched', 'cat kept', 'review.withdrawn', 'review.gone'],
    manager: ['cat kept', 'cat vouched', 'cat kept', 'review.withdrawn', 'review.gone'],
  },
  move: {
    teacher: ['dog kept', 'review.decided', 'review.decided', 'review.withdrawn', 'review.gone'],
    reviewer: ['dog vouched', 'dog vouched', 'dog vouched', 'review.withdrawn', 'review.gone'],
    manager: ['dog vouched', 'dog vouched', 'dog vouched', 'review.withdrawn', 'review.gone'],
  },
}

for (const decision of DECISIONS)
  for (const as of ACTORS)
    for (const [i, standing] of STANDINGS.entries()) {
      const expected = EXPECTED[decision][as][i]
      test(`${as}: ${decision} of what is ${standing} gives ${expected}`, async () => {
        const { example } = await makeExample(standing)
        const before = await stateOf(example)
        const verdict = { examples: [example], by: 'someone', as, decision, label: dog, agreement: 1 }
        const code = await decide(db, dataset, verdict).then(
          () => undefined,
          (error) => errorCode(error),
        )
        assert.equal(code ?? (await stateOf(example)), expected)
        if (code) assert.equal(await stateOf(example), before)
      })
      // What one may not do alone, one may not do with others.
      if (expected && !/^review/.test(expected))
        test(`${as}: where two must agree, ${decision} of what is ${standing} ${as === 'teacher' ? 'is done' : 'waits'}`, async () => {
          const { example } = await makeExample(standing)
          const before = await stateOf(example)
          const verdict = { examples: [example], by: 'someone', as, decision, label: dog, agreement: 2 }
          const { done, waiting } = await decide(db, dataset, verdict)
          assert.deepEqual([done, waiting], as === 'teacher' ? [1, 0] : [0, 1])
          assert.equal(await stateOf(example), as === 'teacher' ? expected : before)
          // A reviewer who then says the same is the first to, unless there is one already.
          const second = await decide(db, dataset, { ...verdict, by: 'sam', as: 'reviewer' })
          assert.deepEqual([second.done, second.waiting], as === 'teacher' ? [0, 1] : [1, 0])
        })
    }

/** Whether each actor may remove what is kept, vouched, excluded, withdrawn from its label. */
const REMOVED: Record<Rank, boolean[]> = {
  teacher: [true, false, false, false],
  reviewer: [true, true, true, false],
  manager: [true, true, true, true],
}

for (const as of ACTORS)
  for (const [i, standing] of LIVING.entries()) {
    const isAllowed = REMOVED[as][i] ?? false
    test(`${as}: ${isAllowed ? 'removes' : 'does not remove'} what is ${standing}`, async () => {
      const { example, pixels } = await makeExample(standing)
      const picture = (await findPicture(db, dataset, { pixelHash: hashOf(pixels) })) ?? 0
      const removed = removeExample(db, dataset, { label: cat, picture, by: 'someone', as })
      if (isAllowed) assert.equal(await removed, true)
      else await assert.rejects(removed, { code: 'review.decided' })
      assert.equal((await stateOf(example)) === 'gone', isAllowed)
    })
    test(`${as}: ${isAllowed ? 'deletes' : 'does not delete'} a label of which one is ${standing}`, async () => {
      const { example } = await makeExample(standing)
      const alone = parseLabel(`label ${example}`)
      const { id } = await db
        .insertInto('labels')
        .values({ dataset, ...alone })
        .returning('id')
        .executeTakeFirstOrThrow()
      await db.updateTable('examples').set({ label: id }).where('id', '=', example).execute()
      const deleted = deleteLabel(db, dataset, { label: alone, by: 'someone', as })
      if (isAllowed) assert.deepEqual(await deleted, { id, examples: 1 })
      else await assert.rejects(deleted, { code: 'label.decided' })
    })
  }

test('moved by a teacher, a picture is another question: what a reviewer said about it before does not count', async () => {
  const { example } = await makeExample('kept')
  const verdict = { examples: [example], as: 'reviewer' as const, decision: 'keep' as const, agreement: 2 }
  await decide(db, dataset, { ...verdict, by: 'rita' })
  await decide(db, dataset, { ...verdict, by: 'ann', as: 'teacher', decision: 'move', label: dog })
  assert.deepEqual(await decide(db, dataset, { ...verdict, by: 'sam' }), { done: 0, waiting: 1, refused: 0 })
  assert.equal(await stateOf(example), 'dog kept')
})

test('of several, those are changed that may be, and the others are counted', async () => {
  const [kept, withdrawn] = [await makeExample('kept'), await makeExample('withdrawn')]
  const examples = [kept.example, withdrawn.example]
  const verdict = { examples, by: 'rita', as: 'reviewer' as const, decision: 'exclude' as const, agreement: 1 }
  assert.deepEqual(await decide(db, dataset, verdict), { done: 1, waiting: 0, refused: 1 })
  assert.deepEqual(await Promise.all(examples.map(stateOf)), ['cat excluded', 'cat withdrawn'])
})

test('a teacher does not move a picture to a label from which a reviewer excluded it', async () => {
  const { example, pixels } = await makeExample('excluded')
  const other = await addNew(db, dataset, { label: 'dog', pixels })
  const verdict = { examples: [other], by: 'ann', decision: 'move' as const, label: cat, agreement: 1 }
  await assert.rejects(decide(db, dataset, { ...verdict, as: 'teacher' }), { code: 'review.decided' })
  assert.deepEqual([await stateOf(example), await stateOf(other)], ['cat excluded', 'dog kept'])
  assert.deepEqual(await decide(db, dataset, { ...verdict, as: 'reviewer' }), { done: 1, waiting: 0, refused: 0 })
  assert.deepEqual([await stateOf(example), await stateOf(other)], ['cat vouched', 'dog excluded'])
})

test('only bringing all of a teacher back leaves withdrawn, and keeps what reviewers said before', async () => {
  const { example, by } = await makeExample('vouched')
  const withdraw = (withdrawn: boolean) => setWithdrawn(db, dataset, { teacher: by, by: 'max', withdrawn })
  assert.equal(await withdraw(true), 1)
  assert.equal(await stateOf(example), 'cat withdrawn')
  assert.equal(await withdraw(false), 1)
  assert.equal(await stateOf(example), 'cat vouched')
})

test('people may always delete what they added themselves', async () => {
  for (const standing of STANDINGS) {
    const { example, by, pixels } = await makeExample(standing)
    assert.equal(await removeOwnExamples(db, dataset, { examples: [example], by }), 1)
    assert.equal(await hasExample(db, dataset, { label: cat, fileHash: hashOf(pixels), by }), false)
  }
})
