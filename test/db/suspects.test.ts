import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { BATCH } from '../../src/db/chunks.ts'
import type { Database } from '../../src/db/connection.ts'
import type { LabelIssue } from '../../src/db/label-issues.ts'
import { decide } from '../../src/db/reviews.ts'
import { readIssueSummary, readScores, writeIssues } from '../../src/db/surveys.ts'
import {
  countSuspects,
  countSuspectsByLabel,
  filterSuspects,
  listSuspects,
  listTypical,
  readSuspects,
} from '../../src/db/suspects.ts'
import { suspicionScorePages } from '../../src/db/suspicion-scores.ts'
import { countByTeacher } from '../../src/db/teachers.ts'
import { addNew, makeDataset, openMain } from '../support/database.ts'
import { test } from '../support/each-engine.ts'
import { surveyOf, suspectOf } from '../support/versions.ts'

/** Three cats: the second and, more so, the third are suspect. */
async function makeSuspects() {
  const { db, dataset } = await makeDataset()
  const ids: [number, number, number] = [
    await addNew(db, dataset, { label: 'cat', pixels: 'a' }),
    await addNew(db, dataset, { label: 'cat', pixels: 'b', by: 'bob' }),
    await addNew(db, dataset, { label: 'cat', pixels: 'c' }),
  ]
  await write(db, dataset, [suspectOf(ids[1], 0.5), suspectOf(ids[2], 1), suspectOf(999, 0.75)])
  return { db, dataset, ids }
}

const write = (db: Database, dataset: number, suspicions: LabelIssue[]) =>
  db.transaction().execute((t) => writeIssues(t, dataset, surveyOf(suspicions)))

test('suspects are listed most suspect first, without examples that are not there', async () => {
  const { db, dataset, ids } = await makeSuspects()
  const about = { suggested: 'dog', reasons: [{ kind: 'looks-like', label: 'dog' }], label: 'cat' }
  assert.deepEqual(await listSuspects(db, dataset), [
    { example: ids[2], score: 1, leftOut: true, file: 'c', by: 'ann', ...about },
    { example: ids[1], score: 0.5, leftOut: false, file: 'b', by: 'bob', ...about },
  ])
  assert.equal((await readIssueSummary(db, dataset))?.flagged, 3)
})

test('the next training replaces what the last one found', async () => {
  const { db, dataset, ids } = await makeSuspects()
  await write(db, dataset, [suspectOf(ids[0], 0.25)])
  assert.deepEqual(
    (await listSuspects(db, dataset)).map((s) => s.example),
    [ids[0]],
  )
  assert.deepEqual([...(await readScores(db, dataset))], [[ids[0], 0.25]])
})

test('an example that a reviewer kept or excluded is no suspect anymore', async () => {
  const { db, dataset, ids } = await makeSuspects()
  await decide(db, dataset, { examples: [ids[2]], as: 'reviewer', decision: 'keep', by: 'rita', agreement: 1 })
  await decide(db, dataset, { examples: [ids[1]], as: 'reviewer', decision: 'exclude', by: 'rita', agreement: 1 })
  assert.deepEqual(await listSuspects(db, dataset), [])
})

test('typical examples are no suspects, or were kept by a reviewer', async () => {
  const { db, dataset, ids } = await makeSuspects()
  const typical = async (limit: number) =>
    (await listTypical(db, dataset, { label: 'cat', limit })).map((e) => e.example)
  assert.deepEqual(await typical(3), [ids[0]])
  await decide(db, dataset, { examples: [ids[2]], as: 'reviewer', decision: 'keep', by: 'rita', agreement: 1 })
  assert.deepEqual(await typical(3), [ids[0], ids[2]])
  assert.deepEqual(await typical(1), [ids[0]])
})

test('every example has its score, most suspect first; a new one has none', async () => {
  const { db, dataset, ids } = await makeSuspects()
  const added = await addNew(db, dataset, { label: 'cat', pixels: 'new' })
  assert.deepEqual(
    (await Array.fromAsync(suspicionScorePages(db, dataset)))
      .flat()
      .map((e) => [e.example, e.score, e.suspect?.suggested]),
    [
      [ids[2], 1, 'dog'],
      [ids[1], 0.5, 'dog'],
      [ids[0], null, undefined],
      [added, null, undefined],
    ],
  )
})

test('before a training there is nothing to tell', async () => {
  const { db, dataset } = await makeDataset()
  assert.equal(await readIssueSummary(db, dataset), undefined)
  assert.equal((await readScores(db, dataset)).size, 0)
  assert.deepEqual(await listSuspects(db, dataset), [])
})

test('pages of suspects follow each other, also where many are equally suspect', async () => {
  const { db, dataset, ids } = await makeSuspects()
  const dog = await addNew(db, dataset, { label: 'dog', pixels: 'd', by: 'bob' })
  const scores = [0.75, 0.75, 0.75, 0.9]
  const examples = [...ids, dog ?? 0]
  await write(
    db,
    dataset,
    examples.map((example, i) => suspectOf(example, scores[i] ?? 0)),
  )
  const read: number[] = []
  for (let after: { score: number; example: number } | undefined; ; ) {
    const [next] = await readSuspects(db, dataset, { after, limit: 1 })
    if (!next) break
    read.push(next.example)
    after = next
  }
  assert.deepEqual(read, [dog, ...ids])
})

test('suspects are counted by label and by who added them, without those of others and those that were kept', async () => {
  const { db, dataset, ids } = await makeSuspects()
  const elsewhere = await openMain(db, 'other')
  const other = await addNew(db, elsewhere, { label: 'cat', pixels: 'a' })
  await write(db, elsewhere, [suspectOf(other ?? 0, 1)])
  assert.deepEqual([await countSuspects(db, dataset), await countSuspects(db, elsewhere)], [2, 1])
  assert.deepEqual([...(await countSuspectsByLabel(db, dataset))], [['cat', 2]])
  assert.deepEqual(await filterSuspects(db, dataset, [ids[0], ids[1], other ?? 0]), new Set([ids[1]]))
  assert.deepEqual(await countByTeacher(db, dataset), [
    { by: 'ann', examples: 2, suspects: 1 },
    { by: 'bob', examples: 1, suspects: 1 },
  ])
  await decide(db, dataset, { examples: [ids[2]], as: 'reviewer', decision: 'keep', by: 'rita', agreement: 1 })
  assert.equal(await countSuspects(db, dataset), 1)
  assert.deepEqual((await countByTeacher(db, dataset))[0], { by: 'ann', examples: 2, suspects: 0 })
})

test('what a program wrote that knows no dataset of a suspect is found all the same', async () => {
  const { db, dataset, ids } = await makeSuspects()
  await db.deleteFrom('suspicions').execute()
  await sql`insert into suspicions (example, score, suggested, reasons, left_out) values (${ids[0]}, 0.5, null, '[]', 0)`.execute(
    db,
  )
  assert.deepEqual(
    (await listSuspects(db, dataset)).map((s) => s.example),
    [ids[0]],
  )
})

test('scores come in pages, none of them longer than a batch', async () => {
  const { db, dataset, ids } = await makeSuspects()
  const { label } = await db.selectFrom('examples').select('label').limit(1).executeTakeFirstOrThrow()
  const picture = { dataset, file_hash: Buffer.from('f'), perceptual_hash: '0', copy: Buffer.from('c') }
  const example = { label, file: 'f', filed_at: '2026', filed_by: 'ann', state: 'kept' as const, vouched: 0 }
  await db.transaction().execute(async (t) => {
    for (let i = ids.length; i <= BATCH; i++) {
      const made = t.insertInto('pictures').values({ ...picture, pixel_hash: Buffer.from(`p ${i}`) })
      const { id } = await made.returning('id').executeTakeFirstOrThrow()
      await t
        .insertInto('examples')
        .values({ ...example, picture: id })
        .execute()
    }
  })
  const pages = await Array.fromAsync(suspicionScorePages(db, dataset))
  assert.deepEqual(
    pages.map((page) => page.length),
    [BATCH, 1],
  )
  assert.deepEqual(
    pages.flat().map((e) => e.score),
    [1, 0.5, ...Array.from({ length: BATCH - 1 }, () => null)],
  )
})
