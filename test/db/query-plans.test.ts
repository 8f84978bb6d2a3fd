// Queries begin with the rows of their dataset or person, whatever other servers have.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CompiledQuery } from 'kysely'
import { readPicturesOf } from '../../src/db/export-person.ts'
import { countFeatures, picturesWithout, readViews } from '../../src/db/features.ts'
import { countExamplesOf } from '../../src/db/people.ts'
import { readVersion } from '../../src/db/versions.ts'
import { addNew, BACKBONE, makeDataset } from '../support/database.ts'

const { db, dataset } = await makeDataset()
await addNew(db, dataset, { label: 'cat', pixels: 'a' })

/** What SQLite says that it does for each statement of some work. */
async function plansOf(work: (seen: typeof db) => Promise<unknown>): Promise<string[]> {
  const compiled: CompiledQuery[] = []
  const seen = db.withPlugin({
    transformQuery({ node }) {
      compiled.push(db.getExecutor().compileQuery(node, { queryId: 'plan' }))
      return node
    },
    transformResult: async ({ result }) => result,
  })
  await work(seen)
  const plans: string[] = []
  for (const { sql, parameters } of compiled) {
    const { rows } = await db.executeQuery<{ detail: string }>(
      CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]),
    )
    plans.push(...rows.map((row) => row.detail))
  }
  return plans
}

const QUERIES: Record<string, (seen: typeof db) => Promise<unknown>> = {
  picturesWithout: (seen) => picturesWithout(seen, dataset, BACKBONE),
  countFeatures: (seen) => countFeatures(seen, dataset, BACKBONE),
  readViews: (seen) => readViews(seen, dataset, { backbone: BACKBONE, limit: 10 }),
  readVersion: (seen) => readVersion(seen, dataset, 1),
  readPicturesOf: (seen) => Array.fromAsync(readPicturesOf(seen, { server: '', by: 'ann' })),
  countExamplesOf: (seen) => countExamplesOf(seen, { by: 'ann' }),
}

for (const [name, work] of Object.entries(QUERIES))
  test(`${name} scans no table`, async () => {
    const plans = await plansOf(work)
    assert.ok(plans.length > 0)
    assert.deepEqual(
      plans.filter((detail) => detail.startsWith('SCAN')),
      [],
    )
  })

test('a page of a person’s pictures is read along the index of who added them, without sorting', async () => {
  const plans = await plansOf((seen) => Array.fromAsync(readPicturesOf(seen, { server: '', by: 'ann' })))
  assert.match(plans[0] ?? '', /examples.*examples_filed_by/)
  assert.deepEqual(
    plans.filter((detail) => detail.includes('TEMP B-TREE')),
    [],
  )
})
