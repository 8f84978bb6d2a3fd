// Queries begin with the rows of their dataset or person, whatever other servers have, and sweeps with what they delete.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CompiledQuery } from 'kysely'
import { countAudit, listChangedServers, readAudit, sweepAudit } from '../../src/db/audit.ts'
import { releaseClaims } from '../../src/db/claims.ts'
import {
  countAdditions,
  countDecisions,
  countLost,
  deleteSomeAdditions,
  listAdditions,
  listDoings,
  listWithdrawals,
  readLastDoing,
  undoSomeDecisions,
} from '../../src/db/clean-up.ts'
import { listDeletedLabels } from '../../src/db/deleted-labels.ts'
import { haveExamplesChanged } from '../../src/db/example-changes.ts'
import { readDetails } from '../../src/db/example-details.ts'
import { readHistory } from '../../src/db/example-history.ts'
import { findByName, listExamplesOf, readExamples } from '../../src/db/example-lists.ts'
import { readPicturesOf } from '../../src/db/export-person.ts'
import { countFeatures, picturesWithout, readViews } from '../../src/db/features.ts'
import { countFeedback } from '../../src/db/feedback.ts'
import { listGalleryIds } from '../../src/db/gallery.ts'
import { sampleKeptExamples } from '../../src/db/kept-examples.ts'
import { findKnownFiles } from '../../src/db/known-files.ts'
import { countLabels, describeLabel } from '../../src/db/labels.ts'
import { listAnswered, listUnfinishedMessages, sweepMessages } from '../../src/db/messages.ts'
import { countExamplesOf, countKeptBy } from '../../src/db/people.ts'
import { readCopies } from '../../src/db/pictures.ts'
import { reencryptPictures } from '../../src/db/reencrypt.ts'
import { listRevisionsAfter } from '../../src/db/revisions.ts'
import { joinServer, leaveServers, purgeServers } from '../../src/db/servers.ts'
import { measureStorage } from '../../src/db/storage.ts'
import { writeIssues } from '../../src/db/surveys.ts'
import {
  countSuspects,
  countSuspectsByLabel,
  filterSuspects,
  listTypical,
  readSuspects,
} from '../../src/db/suspects.ts'
import { sweepDeletedLabels } from '../../src/db/sweep-labels.ts'
import { countByTeacher } from '../../src/db/teachers.ts'
import { findShownPicture, readThumbnail, writeThumbnails } from '../../src/db/thumbnails.ts'
import { readTrainingExamples } from '../../src/db/training-examples.ts'
import { sweepExpired } from '../../src/db/ttl-store.ts'
import { undoLast } from '../../src/db/undo-review.ts'
import { readVersionOrigins } from '../../src/db/version-origins.ts'
import { listVersions, readVersion } from '../../src/db/versions.ts'
import { parseLabel } from '../../src/label.ts'
import { addNew, BACKBONE, makeDataset, openMain } from '../support/database.ts'
import { surveyOf, suspectOf } from '../support/versions.ts'

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

const ANY = { states: ['kept', 'excluded'] as const, seesAll: false }
const EXAMPLE = { id: 1, by: 'ann', at: '2026' }
const DOINGS = { person: 'eve', since: '2026' }

const QUERIES: Record<string, (seen: typeof db) => Promise<unknown>> = {
  picturesWithout: (seen) => picturesWithout(seen, dataset, BACKBONE),
  countFeatures: (seen) => countFeatures(seen, dataset, BACKBONE),
  readViews: (seen) => readViews(seen, dataset, { backbone: BACKBONE, limit: 10 }),
  readVersion: (seen) => readVersion(seen, dataset, 1),
  readPicturesOf: (seen) => Array.fromAsync(readPicturesOf(seen, { server: '', by: 'ann' })),
  countExamplesOf: (seen) => countExamplesOf(seen, { by: 'ann' }),
  measureStorage: (seen) => measureStorage(seen, dataset),
  readTrainingExamples: (seen) => readTrainingExamples(seen, dataset),
  sampleKeptExamples: (seen) => sampleKeptExamples(seen, dataset, { label: 'cat', every: 1 }),
  readExamples: (seen) => Array.fromAsync(readExamples(seen, dataset)),
  findByName: (seen) => findByName(seen, dataset, 'a.png'),
  listExamplesOf: (seen) => listExamplesOf(seen, 1),
  readCopies: (seen) => readCopies(seen, dataset, [1]),
  countLabels: (seen) => countLabels(seen, dataset),
  countByTeacher: (seen) => countByTeacher(seen, dataset),
  'listGalleryIds, newest': (seen) => listGalleryIds(seen, dataset, { ...ANY, sort: 'newest' }),
  'listGalleryIds, by size': (seen) => listGalleryIds(seen, dataset, { ...ANY, minWidth: 9, sort: 'size' }),
  'listGalleryIds, by file': (seen) => listGalleryIds(seen, dataset, { ...ANY, text: 'a', by: 'ann', sort: 'file' }),
  'listGalleryIds, suspects': (seen) => listGalleryIds(seen, dataset, { ...ANY, suspects: true, sort: 'label' }),
  readDetails: (seen) => readDetails(seen, dataset, { examples: [1], seesAll: false }),
  readHistory: (seen) => readHistory(seen, dataset, EXAMPLE),
  findShownPicture: (seen) => findShownPicture(seen, dataset, { example: 1, seesAll: true }),
  readThumbnail: (seen) => readThumbnail(seen, 1),
  writeThumbnails: (seen) => writeThumbnails(seen, [{ picture: 1, bytes: Buffer.from('a') }]),
  findKnownFiles: (seen) => findKnownFiles(seen, dataset, { hashes: [Buffer.from('a')] }),
  listRevisionsAfter: (seen) => listRevisionsAfter(seen, 0),
  readSuspects: (seen) => readSuspects(seen, dataset, { after: { score: 1, example: 1 }, limit: 10, undecidedBy: 'a' }),
  countSuspects: (seen) => countSuspects(seen, dataset, 'ann'),
  countSuspectsByLabel: (seen) => countSuspectsByLabel(seen, dataset),
  filterSuspects: (seen) => filterSuspects(seen, dataset, [1]),
  listTypical: (seen) => listTypical(seen, dataset, { label: 'cat', limit: 3 }),
  describeLabel: (seen) => describeLabel(seen, dataset, parseLabel('cat')),
  listDeletedLabels: (seen) => listDeletedLabels(seen, dataset),
  sweepDeletedLabels: (seen) => sweepDeletedLabels(seen),
  countKeptBy: (seen) => countKeptBy(seen, dataset, 'ann'),
  countAdditions: (seen) => countAdditions(seen, dataset, DOINGS),
  listAdditions: (seen) => listAdditions(seen, dataset, { ...DOINGS, left: true, limit: 9 }),
  countDecisions: (seen) => countDecisions(seen, dataset, DOINGS),
  undoSomeDecisions: (seen) => undoSomeDecisions(seen, dataset, { ...DOINGS, by: 'max' }),
  deleteSomeAdditions: (seen) => deleteSomeAdditions(seen, dataset, { ...DOINGS, by: 'max' }),
  listDoings: (seen) => listDoings(seen, dataset, { ...DOINGS, actions: ['label deleted'] }),
  countLost: (seen) => countLost(seen, '', { ...DOINGS, actions: ['unfiled'] }),
  readLastDoing: (seen) => readLastDoing(seen, '', 'eve'),
  listWithdrawals: (seen) => listWithdrawals(seen, dataset, 'eve'),
  writeIssues: (seen) => seen.transaction().execute((t) => writeIssues(t, dataset, surveyOf([suspectOf(1, 1)]))),
  releaseClaims: (seen) => releaseClaims(seen, 'ann'),
  undoLast: (seen) => undoLast(seen, dataset, { by: 'ann' }),
  countAudit: (seen) => countAudit(seen, { server: '', by: 'ann', before: 9 }),
  readAudit: (seen) => readAudit(seen, { server: '', by: 'ann', before: 9, limit: 9 }),
  haveExamplesChanged: (seen) => haveExamplesChanged(seen, dataset, 1),
  listVersions: (seen) => listVersions(seen, dataset),
  readVersionOrigins: (seen) => readVersionOrigins(seen, dataset, [1]),
  countFeedback: (seen) => countFeedback(seen, dataset),
  listAnswered: (seen) => listAnswered(seen, { since: 0, limit: 10 }),
  listUnfinishedMessages: (seen) => listUnfinishedMessages(seen),
  sweepAudit: (seen) => sweepAudit(seen, new Date(0)),
  sweepMessages: (seen) => sweepMessages(seen, 0),
  sweepExpired: (seen) => sweepExpired(seen),
}

const TABLES = await db.introspection.getTables()
/** What is made on the way, as a sorted list, may be passed over; and an index that has only what is wanted. */
const isScanOfTable = (detail: string): boolean =>
  TABLES.some(({ name }) => new RegExp(`^SCAN ${name}\\b`).test(detail)) && !detail.endsWith('messages_unfinished')

for (const [name, work] of Object.entries(QUERIES))
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
