import assert from 'node:assert/strict'
import { decide, listWaitingFor } from '../../src/db/reviews.ts'
import type { Decision } from '../../src/db/schema.ts'
import { readTrainingExamples } from '../../src/db/training-examples.ts'
import { undoLast } from '../../src/db/undo-review.ts'
import { parseLabel } from '../../src/label.ts'
import { addNew, makeDataset } from '../support/database.ts'
import { test } from '../support/each-engine.ts'

/** A dataset with one cat, and what reviewers can do about it. */
async function makeReview(agreement: number) {
  const { db, dataset } = await makeDataset()
  const example = await addNew(db, dataset, { label: 'cat', pixels: 'a' })
  return {
    db,
    dataset,
    example,
    /** Whether it was carried out. */
    say: async (by: string, decision: Decision, label?: string) => {
      const target = label === undefined ? undefined : parseLabel(label)
      const about = { examples: [example], decision, by, as: 'reviewer' as const, agreement, label: target }
      return (await decide(db, dataset, about)).done === 1
    },
    undo: async (by: string) => (await undoLast(db, dataset, { by }))?.example,
    waiting: async (by: string) => [...(await listWaitingFor(db, dataset, by))],
    /** Label and whether a reviewer said that it is right, of what is learned from. */
    learned: async () => (await readTrainingExamples(db, dataset)).map((e) => [e.label, e.vouched]),
  }
}

test('a decision is carried out at once where one reviewer is enough', async () => {
  const { say, learned } = await makeReview(1)
  assert.equal(await say('rita', 'keep'), true)
  assert.deepEqual(await learned(), [['cat', true]])
  await say('rita', 'exclude')
  assert.deepEqual(await learned(), [])
  await say('rita', 'restore')
  assert.deepEqual(await learned(), [['cat', false]])
  await say('rita', 'move', 'dog')
  assert.deepEqual(await learned(), [['dog', true]])
})

test('where two must agree, a decision waits for the same one of somebody else', async () => {
  const { say, learned, waiting, example } = await makeReview(2)
  assert.equal(await say('rita', 'exclude'), false)
  assert.equal(await say('rita', 'exclude'), false)
  assert.deepEqual(await waiting('rita'), [example])
  assert.equal(await say('sam', 'keep'), false)
  assert.deepEqual(await learned(), [['cat', false]])
  assert.equal(await say('tim', 'exclude'), true)
  assert.deepEqual(await learned(), [])
  assert.deepEqual([await waiting('rita'), await waiting('sam')], [[], []])
})

test('two who move it to different labels do not agree', async () => {
  const { say, learned } = await makeReview(2)
  assert.equal(await say('rita', 'move', 'dog'), false)
  assert.equal(await say('sam', 'move', 'bird'), false)
  assert.equal(await say('tim', 'move', 'dog'), true)
  assert.deepEqual(await learned(), [['dog', true]])
})

test('a reviewer who changes their mind has one word only', async () => {
  const { say, learned } = await makeReview(2)
  await say('rita', 'exclude')
  await say('rita', 'keep')
  assert.equal(await say('sam', 'exclude'), false)
  assert.equal(await say('tim', 'keep'), true)
  assert.deepEqual(await learned(), [['cat', true]])
})

test('decisions are undone one by one, last first', async () => {
  const { say, learned, undo, example } = await makeReview(1)
  await say('rita', 'keep')
  await say('rita', 'move', 'dog')
  await say('rita', 'exclude')
  assert.equal(await undo('rita'), example)
  assert.deepEqual(await learned(), [['dog', true]])
  assert.equal(await undo('rita'), example)
  assert.deepEqual(await learned(), [['cat', true]])
  assert.equal(await undo('rita'), example)
  assert.deepEqual(await learned(), [['cat', false]])
  assert.equal(await undo('rita'), undefined)
  assert.equal(await undo('sam'), undefined)
})

test('a decision that waits is undone, too', async () => {
  const { say, undo, waiting, example } = await makeReview(2)
  await say('rita', 'exclude')
  assert.equal(await undo('rita'), example)
  assert.deepEqual(await waiting('rita'), [])
  assert.equal(await say('sam', 'exclude'), false)
})

test('moved to a label that has the picture, the example there stays and this one is excluded', async () => {
  const { db, dataset, say, learned } = await makeReview(1)
  await addNew(db, dataset, { label: 'dog', pixels: 'a' })
  await say('rita', 'move', 'dog')
  assert.deepEqual(await learned(), [['dog', true]])
})

test('what cannot be decided is a clear error', async () => {
  const { db, dataset, say, learned } = await makeReview(1)
  const gone = { examples: [999], decision: 'keep' as const, by: 'rita', as: 'reviewer' as const, agreement: 1 }
  await assert.rejects(decide(db, dataset, gone), { code: 'review.gone' })
  await assert.rejects(decide(db, dataset + 1, { ...gone, examples: [1] }), { code: 'review.gone' })
  await assert.rejects(say('rita', 'move'), { code: 'label.empty' })
  assert.deepEqual(await learned(), [['cat', false]])
})
