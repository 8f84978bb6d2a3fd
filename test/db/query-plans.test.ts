// Queries begin with the rows of their dataset or person, whatever other servers have, and sweeps with what they delete.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CompiledQuery } from 'kysely'
import { listChangedServers } from '../../src/db/audit.ts'
import { readDetails } from '../../src/db/example-details.ts'
import { readHistory } from '../../src/db/example-history.ts'
import { readPicturesOf } from '../../src/db/export-person.ts'
import { picturesWithout } from '../../src/db/features.ts'
import { listGalleryIds } from '../../src/db/gallery.ts'
import { findKnownFiles } from '../../src/db/known-files.ts'
import { reencryptPictures } from '../../src/db/reencrypt.ts'
import { joinServer, leaveServers, purgeServers } from '../../src/db/servers.ts'
import { measureStorage } from '../../src/db/storage.ts'
import { readSuspects } from '../../src/db/suspects.ts'
import { readTrainingExamples } from '../../src/db/training-examples.ts'
import { readVersionOrigins } from '../../src/db/version-origins.ts'
import { compiledQueriesOf } from '../support/compiled-queries.ts'
import { addNew, BACKBONE, makeDataset, openMain } from '../support/database.ts'
import { ANY, EXAMPLE, queriesOf } from '../support/repository-queries.ts'

const { db, dataset } = await makeDataset()
await addNew(db, dataset, { label: 'cat', pixels: 'a' })

/** What SQLite says that it does for each statement of some work. */
async function plansOf(work: (seen: typeof db) => Promise<unknown>): Promise<string[]> {
  const plans: string[] = []
  for (const { sql, parameters } of await compiledQueriesOf(db, work)) {
    const { rows } = await db.executeQuery<{ detail: string }>(
      CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]),
    )
    plans.push(...rows.map((row) => row.detail))
  }
  return plans
}

const TABLES = await db.introspection.getTables()
/** What is made on the way, as a sorted list, may be passed over; and an index that has only what is wanted. */
const isScanOfTable = (detail: string): boolean =>
  TABLES.some(({ name }) => new RegExp(`^SCAN ${name}\\b`).test(detail)) && !detail.endsWith('messages_unfinished')

for (const [name, work] of Object.entries(queriesOf(dataset)))
  test(`${name} scans no table`, async () => {
    const plans = await plansOf(work)
    assert.ok(plans.length > 0)
    assert.deepEqual(plans.filter(isScanOfTable), [])
  })

test('the plan of a scan is seen', async () => {
  const plans = await plansOf((seen) => seen.selectFrom('claims').selectAll().execute())
  assert.equal(plans.filter(isScanOfTable).length, 1)
})

test('purging a server begins with what it has', async () => {
  await joinServer(db, 'gone')
  await addNew(db, await openMain(db, 'gone'), { label: 'cat', pixels: 'b' })
  await leaveServers(db, ['gone'])
  const plans = await plansOf((seen) => purgeServers(seen, new Date('9999-01-01')))
  assert.ok(plans.some((detail) => detail.includes('messages_server')))
  assert.deepEqual(plans.filter(isScanOfTable), [])
})

test('whose settings changed is read from the latest changes alone', async () => {
  const plans = await plansOf((seen) => listChangedServers(seen, { after: 1, until: 9 }))
  assert.deepEqual(plans, ['SEARCH audit USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'])
})

test('keys that no picture needs anymore are found without a look at every picture', async () => {
  await db.insertInto('data_keys').values({ id: '01020304' }).execute()
  const plans = await plansOf((seen) => Array.fromAsync(reencryptPictures(seen)))
  assert.ok(plans.some((detail) => detail.includes('pictures_encrypted')))
})

test('what is counted and trained on is read from indexes, without the copies and vectors', async () => {
  const storage = await plansOf((seen) => measureStorage(seen, dataset))
  assert.ok(storage.includes('SEARCH pictures USING COVERING INDEX pictures_traits (dataset=?)'), `${storage}`)
  assert.ok(storage.some((detail) => /COVERING INDEX features_keys \(picture=\?\)/.test(detail)))
  const training = await plansOf((seen) => readTrainingExamples(seen, dataset))
  assert.ok(training.some((detail) => /COVERING INDEX pictures_traits/.test(detail)))
  const missing = await plansOf((seen) => picturesWithout(seen, dataset, BACKBONE))
  assert.ok(missing.some((detail) => /COVERING INDEX features_keys/.test(detail)))
})

test('sizes of many pictures, what small ones take, and one example’s history come from indexes', async () => {
  const sizes = await plansOf((seen) => listGalleryIds(seen, dataset, { ...ANY, minWidth: 9, sort: 'size' }))
  assert.ok(sizes.some((detail) => /COVERING INDEX pictures_traits/.test(detail)))
  const newest = await plansOf((seen) => listGalleryIds(seen, dataset, { ...ANY, seesAll: true, sort: 'newest' }))
  assert.ok(newest.some((detail) => /COVERING INDEX examples_label/.test(detail)))
  const details = await plansOf((seen) => readDetails(seen, dataset, { examples: [1], seesAll: false }))
  assert.ok(details.some((detail) => /COVERING INDEX pictures_traits/.test(detail)))
  const storage = await plansOf((seen) => measureStorage(seen, dataset))
  assert.ok(
    storage.some((detail) => /COVERING INDEX thumbnails_size/.test(detail)),
    `${storage}`,
  )
  const origins = await plansOf((seen) => readVersionOrigins(seen, dataset, [1, 2]))
  assert.ok(
    origins.some((detail) => /audit_version/.test(detail)),
    `${origins}`,
  )
  const history = await plansOf((seen) => readHistory(seen, dataset, EXAMPLE))
  assert.ok(
    history.some((detail) => /audit_example/.test(detail)),
    `${history}`,
  )
  assert.ok(
    history.some((detail) => /audit_teacher/.test(detail)),
    `${history}`,
  )
  const known = await plansOf((seen) => findKnownFiles(seen, dataset, { hashes: [Buffer.from('a')] }))
  assert.ok(
    known.some((detail) => /COVERING INDEX pictures_file/.test(detail)),
    `${known}`,
  )
})

test('a page of suspects is read along their order, without sorting them all', async () => {
  const plans = await plansOf((seen) => readSuspects(seen, dataset, { after: { score: 1, example: 1 }, limit: 10 }))
  assert.match(plans[0] ?? '', /suspicions_order \(dataset=\? AND score<\?\)/)
  assert.deepEqual(
    plans.filter((detail) => detail.includes('TEMP B-TREE')),
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
