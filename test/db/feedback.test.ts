import assert from 'node:assert/strict'
import { addFeedback, countFeedback } from '../../src/db/feedback.ts'
import { makeDataset } from '../support/database.ts'
import { test } from '../support/each-engine.ts'

const about = { version: 1, said: 'cat', truth: null, by: 'ann' }

test('one word an answer counts: the last one', async () => {
  const { db, dataset } = await makeDataset()
  assert.deepEqual(await countFeedback(db, dataset), { judged: 0, right: 0 })
  await addFeedback(db, dataset, { ...about, prediction: 'p1', right: true })
  await addFeedback(db, dataset, { ...about, prediction: 'p2', right: true })
  await addFeedback(db, dataset, { ...about, prediction: 'p1', right: false, truth: 'dog', by: 'bob' })
  assert.deepEqual(await countFeedback(db, dataset), { judged: 2, right: 1 })
  const row = await db.selectFrom('feedback').selectAll().where('prediction', '=', 'p1').executeTakeFirstOrThrow()
  assert.deepEqual([row.right, row.truth, row.by], [0, 'dog', 'bob'])
})
