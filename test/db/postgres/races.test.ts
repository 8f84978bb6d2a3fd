// What several processes do at once, over 20 connections, ends as if one had followed the other.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { readAudit } from '../../../src/db/audit.ts'
import { claim } from '../../../src/db/claims.ts'
import type { Database } from '../../../src/db/connection.ts'
import { deleteDataset, purgeDatasets } from '../../../src/db/dataset-changes.ts'
import { listDatasets, openDataset } from '../../../src/db/datasets.ts'
import { removeExample } from '../../../src/db/examples.ts'
import { forgetPerson } from '../../../src/db/forget-person.ts'
import { sql } from '../../../src/db/kysely.ts'
import { countLabels, deleteLabel, renameLabel } from '../../../src/db/labels.ts'
import { mergeLabels } from '../../../src/db/merge-labels.ts'
import { removeEverywhere } from '../../../src/db/near-copies.ts'
import { addNews, takeNews } from '../../../src/db/news.ts'
import { openPostgres } from '../../../src/db/postgres/connection.ts'
import { decide } from '../../../src/db/reviews.ts'
import { countPictures, setLimits } from '../../../src/db/server-limits.ts'
import { changeServer, joinServer, leaveServers, readServer } from '../../../src/db/servers.ts'
import { addVersion, listVersions } from '../../../src/db/versions.ts'
import { UserError } from '../../../src/errors.ts'
import { parseLabel } from '../../../src/label.ts'
import { add, addNew, hashOf, openMain } from '../../support/database.ts'
import { postgresUrl, skipWithoutPostgres } from '../../support/postgres.ts'
import { madeUpSummary, surveyOf } from '../../support/versions.ts'

const options = { skip: skipWithoutPostgres }
/** Processes; each has 9 connections. */
const PROCESSES = 3
const AT_ONCE = 40

const url = skipWithoutPostgres ? undefined : await postgresUrl()
const processes = url === undefined ? [] : await Promise.all(Array.from({ length: PROCESSES }, () => openPostgres(url)))
after(() => Promise.all(processes.map((db) => db.destroy())))

const someDb = (i = 0): Database => {
  const db = processes[i % PROCESSES]
  if (!db) throw new Error('there is no process')
  return db
}
/** Everything at once, over all processes. */
const atOnce = <T>(work: (db: Database, i: number) => Promise<T>, times = AT_ONCE): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, i) => work(someDb(i), i)))

let servers = 0
async function makeServer(): Promise<{ server: string; dataset: number }> {
  const server = `${++servers}`
  await joinServer(someDb(), server)
  return { server, dataset: await openMain(someDb(), server) }
}
const max = { by: 'max', as: 'manager' as const }

test('the same pixels under two spellings of a label leave one example', options, async () => {
  const { dataset } = await makeServer()
  const ids = await atOnce((db, i) => add(db, dataset, { label: i % 2 ? 'Cat' : 'cAT', pixels: 'same', by: `p${i}` }))
  assert.equal(ids.filter((id) => id !== undefined).length, 1)
  assert.deepEqual(
    (await countLabels(someDb(), dataset)).map((row) => row.examples),
    [1],
  )
})

test('of changes of settings none is lost', options, async () => {
  const { server, dataset } = await makeServer()
  await Promise.all([
    atOnce((db, i) =>
      changeServer(db, { server, by: 'ann', detail: {} }, (before) => ({ ...(before as object), [`s${i}`]: i })),
    ),
    atOnce((db, i) => add(db, dataset, { label: 'cat', pixels: `p${i}` })),
  ])
  assert.equal(Object.keys((await readServer(someDb(), server)) as object).length, AT_ONCE)
})

test('a server is new, and back, to one of those who see it join', options, async () => {
  const isNew = async () => (await atOnce((db) => joinServer(db, 'new'), 20)).filter(Boolean).length
  assert.equal(await isNew(), 1)
  await leaveServers(someDb(), ['new'])
  assert.equal(await isNew(), 1)
})

test('a dataset is made once, however it is spelt', options, async () => {
  const { server } = await makeServer()
  const change = (name: string) => ({ server, name, create: true })
  const ids = await atOnce((db, i) => openDataset(db, change(i % 2 ? 'Cats' : 'cATS')))
  assert.equal(new Set(ids).size, 1)
  assert.equal((await listDatasets(someDb(), server)).length, 2)
})

test('versions have numbers of their own, and the last one is active', options, async () => {
  const { dataset } = await makeServer()
  const version = { backbone: 'x', classifier: {}, survey: surveyOf([]), activate: true, by: 'ann' }
  const made = await atOnce((db) => addVersion(db, dataset, { ...version, summary: madeUpSummary }), 20)
  const numbers = made.map(({ number }) => number).toSorted((a, b) => a - b)
  assert.deepEqual(
    numbers,
    Array.from({ length: 20 }, (_, i) => i + 1),
  )
  assert.deepEqual(
    (await listVersions(someDb(), dataset)).filter((v) => v.current).map((v) => v.number),
    [20],
  )
})

test('a server gets no more pictures than it may have, in all its datasets', options, async () => {
  const { server, dataset } = await makeServer()
  const second = await openDataset(someDb(), { server, name: 'two', create: true })
  await setLimits(someDb(), { server, by: 'op', pictures: 5 })
  const added = await atOnce((db, i) =>
    add(db, i % 2 ? dataset : second, { label: 'cat', pixels: `l${i}` }).catch((error) => {
      assert.ok(error instanceof UserError && error.code === 'limit.pictures', String(error))
    }),
  )
  assert.equal(added.filter((id) => id !== undefined).length, 5)
  assert.equal(await countPictures(someDb(), server), 5)
})

test('two reviewers who agree at once have it done, once', options, async () => {
  const { server, dataset } = await makeServer()
  const example = await addNew(someDb(), dataset, { label: 'cat', pixels: 'r' })
  const verdict = { examples: [example], decision: 'exclude' as const, as: 'reviewer' as const, agreement: 2 }
  const decided = await Promise.all(['rita', 'sam'].map((by, i) => decide(someDb(i), dataset, { ...verdict, by })))
  assert.deepEqual(decided.map(({ done, waiting }) => [done, waiting]).toSorted(), [
    [0, 1],
    [1, 0],
  ])
  const changes = await readAudit(someDb(), { server, by: undefined, before: undefined, limit: 10 })
  assert.equal(changes.filter(({ action }) => action === 'reviewed').length, 1)
})

test('a suspect is one reviewer’s, and nobody’s where it is gone', options, async () => {
  const { dataset } = await makeServer()
  const until = Date.now() + 3_600_000
  const [shared, gone] = [
    await addNew(someDb(), dataset, { label: 'cat', pixels: 'c1' }),
    await addNew(someDb(), dataset, { label: 'cat', pixels: 'c2' }),
  ]
  const [claimed] = await Promise.all([
    atOnce((db, i) => claim(db, shared, { by: `r${i}`, until })),
    atOnce((db, i) => claim(db, gone, { by: `r${i}`, until })),
    someDb(1).deleteFrom('examples').where('id', '=', gone).execute(),
  ])
  assert.equal(claimed.filter(Boolean).length, 1)
  assert.equal(await claim(someDb(), gone, { by: 'rita', until }), false)
})

test('news are told once', options, async () => {
  const { server, dataset } = await makeServer()
  await atOnce((db) => addNews(db, dataset, { kind: 'many-suspects', suspects: 9, more: 3 }))
  const told = await atOnce((db) => takeNews(db, server))
  assert.equal(told.filter(Boolean).length, 1)
})

test('labels that come, go, and are joined meanwhile lose no picture of others', options, async () => {
  const { dataset } = await makeServer()
  const label = (name: string) => parseLabel(name)
  const gone = (error: unknown): void =>
    assert.ok(error instanceof UserError && /^(label\.|confirm\.)/.test(error.code), String(error))
  await atOnce(async (db, i) => {
    const example = { label: i % 2 ? 'a' : 'b', pixels: `m${i}`, by: `p${i % 3}` }
    const id = await addNew(db, dataset, example)
    const work = [
      () => mergeLabels(db, dataset, { from: label('a'), into: label('b'), ...max }),
      () => mergeLabels(db, dataset, { from: label('b'), into: label('a'), ...max }),
      () => deleteLabel(db, dataset, { label: label('a'), ...max }),
      () => renameLabel(db, dataset, { from: label('b'), to: label('c'), by: 'max' }),
      () => removeExample(db, dataset, { label: label(example.label), picture: id, ...max }),
      () => forgetPerson(db, { by: `p${i % 3}`, server: `${servers}` }),
    ][i % 6]
    await work?.().catch(gone)
  })
  const { rows } = await readBroken(dataset)
  assert.deepEqual(rows, [])
})

/** Living labels without an example, and pictures that nothing refers to. */
const readBroken = (dataset: number) =>
  sql`select 'label' as what, id from labels where dataset = ${dataset} and deleted_at is null
      and not exists (select 1 from examples where examples.label = labels.id)
      and not exists (select 1 from merged_examples where merged_examples.label = labels.id)
    union all select 'picture', id from pictures
      where dataset = ${dataset} and not exists (select 1 from examples where examples.picture = pictures.id)`.execute(
    someDb(),
  )

test('additions to a dataset that is deleted meanwhile fail clearly or go with it', options, async () => {
  const { server } = await makeServer()
  const dataset = await openDataset(someDb(), { server, name: 'old', create: true })
  const purge = async (): Promise<void> => {
    await deleteDataset(someDb(1), { server, name: 'old', by: 'max' })
    for await (const _ of purgeDatasets(someDb(1)));
  }
  const [, ...added] = await Promise.all([
    purge(),
    ...Array.from({ length: AT_ONCE }, (_, i) =>
      add(someDb(i), dataset, { label: `l${i}`, pixels: `d${i}` }).catch((error) => {
        assert.ok(error instanceof UserError && error.code === 'dataset.gone', String(error))
      }),
    ),
  ])
  assert.equal(added.length, AT_ONCE)
  const { left } = await someDb()
    .selectFrom('pictures')
    .select((e) => e.fn.countAll<number>().as('left'))
    .where('dataset', '=', dataset)
    .executeTakeFirstOrThrow()
  assert.equal(left, 0)
})

test('a picture that is blocked while it is added everywhere is nowhere', options, async () => {
  const datasets: number[] = []
  for (let i = 0; i < 20; i++) datasets.push((await makeServer()).dataset)
  const pixels = 'bad'
  await addNew(someDb(), datasets[0] ?? 0, { label: 'cat', pixels })
  const hashes = { pixelHash: hashOf(pixels), perceptualHash: hashOf(pixels).readBigUInt64LE() }
  const additions = datasets.map((dataset, i) =>
    add(someDb(i), dataset, { label: 'cat', pixels }).catch((error) => {
      assert.ok(error instanceof UserError && error.code === 'picture.blocked', String(error))
    }),
  )
  await Promise.all([...additions, removeEverywhere(someDb(1), hashes, 'op')])
  const row = await someDb()
    .selectFrom('pictures')
    .select('id')
    .where('pixel_hash', '=', hashOf(pixels))
    .executeTakeFirst()
  assert.equal(row, undefined)
})
