import assert from 'node:assert/strict'
import { removeOwnExamples } from '../../src/db/examples.ts'
import { countLabels, renameLabel } from '../../src/db/labels.ts'
import { mergeLabels } from '../../src/db/merge-labels.ts'
import { setWithdrawn } from '../../src/db/people.ts'
import { decide } from '../../src/db/reviews.ts'
import type { Decision } from '../../src/db/schema.ts'
import { undoLast } from '../../src/db/undo-review.ts'
import { parseLabel } from '../../src/label.ts'
import { addNew, makeDataset } from '../support/database.ts'
import { test } from '../support/each-engine.ts'

async function makeReview() {
  const { db, dataset } = await makeDataset()
  return {
    db,
    dataset,
    add: (pixels: string) => addNew(db, dataset, { label: 'cat', pixels, by: 'ann' }),
    say: (by: string, example: number, decision: Decision, label = 'lion') =>
      decide(db, dataset, {
        examples: [example],
        by,
        as: 'reviewer',
        decision,
        label: parseLabel(label),
        agreement: 1,
      }),
    undo: async (by: string) => (await undoLast(db, dataset, { by }))?.example,
    state: async (example: number) => {
      const query = db.selectFrom('examples').innerJoin('labels', 'labels.id', 'examples.label')
      const row = await query.select(['name', 'state', 'vouched']).where('examples.id', '=', example).executeTakeFirst()
      return row && [row.name, row.state, row.vouched]
    },
  }
}

test('undo does not overwrite what another reviewer decided since, and goes on with the decision before', async () => {
  const { add, say, undo, state } = await makeReview()
  const [first, second] = [await add('a'), await add('b')]
  await say('rita', first, 'exclude')
  await say('rita', second, 'exclude')
  await say('sam', second, 'move')
  await assert.rejects(undo('rita'), { code: 'review.changed', values: { example: second } })
  assert.deepEqual(await state(second), ['lion', 'kept', 1])
  assert.equal(await undo('rita'), first)
  assert.deepEqual(await state(first), ['cat', 'kept', 0])
})

test('the same decision of another reviewer stays when the first one is undone', async () => {
  const { add, say, undo, state } = await makeReview()
  const example = await add('a')
  await say('rita', example, 'keep')
  await say('sam', example, 'keep')
  await assert.rejects(undo('rita'), { code: 'review.changed' })
  assert.deepEqual(await state(example), ['cat', 'kept', 1])
})

test('undo brings nothing back that was withdrawn since', async () => {
  const { db, dataset, add, say, undo, state } = await makeReview()
  const example = await add('a')
  await say('rita', example, 'keep')
  await setWithdrawn(db, dataset, { teacher: 'ann', by: 'max', withdrawn: true })
  await assert.rejects(undo('rita'), { code: 'review.changed' })
  assert.deepEqual(await state(example), ['cat', 'withdrawn', 1])
})

test('a decision about a picture that was deleted since is passed over', async () => {
  const { db, dataset, add, say, undo } = await makeReview()
  const [first, second] = [await add('a'), await add('b')]
  await say('rita', first, 'exclude')
  await say('rita', second, 'exclude')
  await removeOwnExamples(db, dataset, { examples: [second], by: 'ann' })
  assert.equal(await undo('rita'), first)
  assert.equal(await undo('rita'), undefined)
})

test('a move is undone to the label that it came from, whatever that is called now', async () => {
  const { db, dataset, add, say, undo, state } = await makeReview()
  const [example] = [await add('a'), await add('b')]
  await say('rita', example, 'move')
  await renameLabel(db, dataset, { from: parseLabel('cat'), to: parseLabel('house cat'), by: 'ann' })
  assert.equal(await undo('rita'), example)
  assert.deepEqual(await state(example), ['house cat', 'kept', 0])
  await say('rita', example, 'move')
  await addNew(db, dataset, { label: 'pet', pixels: 'c' })
  const merge = { from: parseLabel('house cat'), into: parseLabel('pet'), by: 'max', as: 'manager' as const }
  await mergeLabels(db, dataset, merge)
  assert.equal(await undo('rita'), example)
  assert.deepEqual(await countLabels(db, dataset), [{ label: 'pet', examples: 3 }])
})
