// Why? in a large dataset: it reads a sample of the likeliest labels, not everything.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { decodeVector } from '../../src/db/vectors.ts'
import { explainAnswers } from '../../src/services/explanation.ts'
import { trainVersion } from '../../src/services/training/train-version.ts'
import { runToEnd } from '../../src/workers/shared-task.ts'
import { type App, openApp } from '../support/app.ts'
import { D, fillDataset } from '../support/made-up.ts'

const LABELS = 8
const EACH = 12
/** So many times as many examples as were drawn: more of each label than are compared. */
const COPIES = 80

const home = mkdtempSync(join(tmpdir(), 'mekiki-why-'))
let app: App
let dataset: number
before(async () => {
  app = await openApp(home)
  dataset = await fillDataset(app, LABELS * EACH, LABELS)
  await runToEnd(trainVersion(app, dataset, { heads: ['svm'], budget: 0, by: 'test' }))
})
after(async () => {
  await app.close()
  rmSync(home, { recursive: true })
})

/** Adds every example again as another picture of the same features. */
async function multiply({ db }: App): Promise<void> {
  const copies = sql`with recursive copy (n) as (select 1 union all select n + 1 from copy where n < ${COPIES})`
  const drawn = sql<number>`(select max(id) from pictures)`
  const { rows } = await sql<{ last: number }>`select ${drawn} as last`.execute(db)
  const last = rows[0]?.last ?? 0
  await sql`insert into pictures (id, dataset, pixel_hash, file_hash, perceptual_hash, copy, width, height, contrast)
    select id + n * ${last}, dataset, pixel_hash || n, file_hash || n, perceptual_hash, copy, width, height, contrast
    from (${copies} select n from copy) join pictures where id <= ${last}`.execute(db)
  await sql`insert into features (picture, backbone, vector, bits) select picture + n * ${last}, backbone, vector, bits
    from (${copies} select n from copy) join features where picture <= ${last}`.execute(db)
  await sql`insert into examples (picture, label, file, filed_at, filed_by)
    select picture + n * ${last}, label, file, filed_at, filed_by
    from (${copies} select n from copy) join examples where picture <= ${last}`.execute(db)
}

/** Why the features of an example are answered as they are, and how many vectors were read for it. */
async function explain(example: number) {
  let vectors = 0
  const db = app.db.withPlugin({
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      vectors += result.rows.filter((row) => 'vector' in row).length
      return result
    },
  })
  const { vector, bits, label } = await app.db
    .selectFrom('examples')
    .innerJoin('features', 'features.picture', 'examples.picture')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select(['vector', 'bits', 'labels.name as label'])
    .where('examples.id', '=', example)
    .limit(1)
    .executeTakeFirstOrThrow()
  const features = decodeVector(vector, bits).slice(0, D)
  const [explanation] = (await explainAnswers({ ...app, db }, dataset, [features])) ?? []
  assert.ok(explanation)
  return { label, vectors, nearest: explanation.nearest }
}

test('a small dataset is compared as a whole', async () => {
  const { label, vectors, nearest } = await explain(5)
  assert.equal(vectors, 2 * LABELS * EACH)
  assert.deepEqual([nearest[0]?.example, nearest[0]?.label], [5, label])
})

test('of a large one, some examples of the likeliest labels are: the nearest of them is still of the answered label', async () => {
  await multiply(app)
  const { label, vectors, nearest } = await explain(5)
  // Both views of every second example of three labels.
  assert.equal(vectors, (2 * 3 * EACH * (COPIES + 1)) / 2)
  assert.equal(nearest[0]?.label, label)
  assert.equal(nearest.length, 6)
})
