import assert from 'node:assert/strict'
import { readAudit } from '../../src/db/audit.ts'
import { claim } from '../../src/db/claims.ts'
import { readPerson, readPicturesOf } from '../../src/db/export-person.ts'
import { addFeedback, countFeedback } from '../../src/db/feedback.ts'
import { forgetPerson } from '../../src/db/forget-person.ts'
import { countExamplesOf, setWithdrawn } from '../../src/db/people.ts'
import { decide } from '../../src/db/reviews.ts'
import { readIssueSummary, writeIssues } from '../../src/db/surveys.ts'
import { readTrainingExamples } from '../../src/db/training-examples.ts'
import { openTtlStore } from '../../src/db/ttl-store.ts'
import { addNew, makeDatabase, openMain } from '../support/database.ts'
import { test } from '../support/each-engine.ts'
import { surveyOf } from '../support/versions.ts'

const SERVER = '1'
const EVE = { server: SERVER, by: 'eve' }
const FAR = 8_640_000_000_000_000

/** Two examples of eve, one of ann, in one dataset; one of eve in another server. */
async function makePeople() {
  const { db } = await makeDatabase()
  const dataset = await openMain(db, SERVER)
  const elsewhere = await openMain(db, '2')
  const example = await addNew(db, dataset, { label: 'cat', pixels: 'a', by: 'eve' })
  await addNew(db, dataset, { label: 'dog', pixels: 'b', by: 'eve' })
  await addNew(db, dataset, { label: 'dog', pixels: 'c', by: 'ann' })
  await addNew(db, elsewhere, { label: 'dog', pixels: 'd', by: 'eve' })
  return { db, dataset, elsewhere, example }
}

test('a person is told what is kept of them in a server', async () => {
  const { db, dataset } = await makePeople()
  await addFeedback(db, dataset, { prediction: 'p', version: 1, said: 'cat', right: false, truth: 'dog', by: 'eve' })
  assert.deepEqual(await countExamplesOf(db, EVE), [{ dataset, examples: 2 }])
  const { feedback, changes } = await readPerson(db, EVE)
  assert.deepEqual(
    feedback.map(({ at, ...rest }) => rest),
    [{ server: SERVER, dataset: 'main', version: 1, said: 'cat', right: 0, truth: 'dog' }],
  )
  assert.deepEqual(
    changes.map((c) => c.action),
    ['filed', 'filed', 'feedback'],
  )
  const pictures = await Array.fromAsync(readPicturesOf(db, EVE))
  assert.deepEqual(
    pictures.map((p) => [p.dataset, p.label, p.file, p.state, String(p.copy)]),
    [
      ['main', 'cat', 'a', 'kept', 'copy of a'],
      ['main', 'dog', 'b', 'kept', 'copy of b'],
    ],
  )
})

test('a person who is forgotten leaves nothing in this server that names them', async () => {
  const { db, dataset, elsewhere, example } = await makePeople()
  await addFeedback(db, dataset, { prediction: 'p', version: 1, said: 'cat', right: true, truth: null, by: 'eve' })
  const other = (await readTrainingExamples(db, dataset)).at(-1)?.example ?? 0
  await decide(db, dataset, { examples: [other], as: 'reviewer', decision: 'keep', by: 'eve', agreement: 2 })
  await claim(db, example, { by: 'eve', until: FAR })
  await setWithdrawn(db, dataset, { teacher: 'eve', by: 'ann', withdrawn: true })
  const survey = surveyOf([])
  survey.summary.teachers.push({ teacher: 'eve', examples: 2, suspected: 1, others: 0 })
  await db.transaction().execute((t) => writeIssues(t, dataset, survey))
  const store = openTtlStore(db)
  await store.set('skipped:1:eve', true)
  await store.set('skipped:1:ann', true)

  assert.deepEqual(await forgetPerson(db, EVE), [{ dataset, examples: 2 }])

  assert.deepEqual(
    (await readTrainingExamples(db, dataset)).map((e) => e.by),
    ['ann'],
  )
  assert.deepEqual(await countFeedback(db, dataset), { judged: 0, right: 0 })
  assert.equal((await readIssueSummary(db, dataset))?.teachers[0]?.teacher, 'forgotten')
  const log = await readAudit(db, { server: SERVER, by: undefined, before: undefined, limit: 99 })
  assert.doesNotMatch(JSON.stringify(log), /eve/)
  assert.ok(log.some((c) => c.by === 'forgotten' && c.action === 'forgotten'))
  assert.doesNotMatch(JSON.stringify(await db.selectFrom('reviews').selectAll().execute()), /eve/)
  assert.deepEqual(await db.selectFrom('claims').selectAll().execute(), [])
  assert.deepEqual([await store.get('skipped:1:eve'), await store.get('skipped:1:ann')], [undefined, true])
  // What another server keeps is for that server to forget.
  assert.equal((await readTrainingExamples(db, elsewhere)).length, 1)
})

test('withdrawing takes a teacher’s examples out of training, and can be taken back; excluded ones stay excluded', async () => {
  const { db, dataset, example } = await makePeople()
  await decide(db, dataset, { examples: [example], as: 'reviewer', decision: 'exclude', by: 'rita', agreement: 1 })
  const withdraw = (withdrawn: boolean) => setWithdrawn(db, dataset, { teacher: 'eve', by: 'ann', withdrawn })
  const learned = async () => (await readTrainingExamples(db, dataset)).map((e) => e.file)
  assert.equal(await withdraw(true), 1)
  assert.equal(await withdraw(true), 0)
  assert.deepEqual(await learned(), ['c'])
  assert.equal(await withdraw(false), 1)
  assert.deepEqual(await learned(), ['b', 'c'])
})
