// What one person did is taken back in all datasets of a server; what others did, before and since, stays.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { openDataset } from '../../src/db/datasets.ts'
import { removeExamples } from '../../src/db/examples.ts'
import { deleteLabel, renameLabel } from '../../src/db/labels.ts'
import { mergeLabels } from '../../src/db/merge-labels.ts'
import { setWithdrawn } from '../../src/db/people.ts'
import { decide } from '../../src/db/reviews.ts'
import { joinServer } from '../../src/db/servers.ts'
import { standingOf } from '../../src/db/transitions.ts'
import { parseLabel } from '../../src/label.ts'
import { findDoings, takeBackDoings } from '../../src/services/clean-up.ts'
import { type App, openApp } from '../support/app.ts'
import { addNew, openMain } from '../support/database.ts'

const home = mkdtempSync(join(tmpdir(), 'mekiki-clean-up-'))
const app: App = await openApp(home)
const { db } = app
after(async () => {
  await app.close()
  rmSync(home, { recursive: true, force: true })
})

const EVE = '140000000000000009'
const eve = { by: EVE, as: 'manager' as const }
let servers = 0
let server = ''
let main = 0
let other = 0
beforeEach(async () => {
  server = `${++servers}`
  await joinServer(db, server)
  main = await openMain(db, server)
  other = await openDataset(db, { server, name: 'other', create: true })
})

/** A moment after which nothing has happened yet: people do one thing after the other. */
async function now(): Promise<string> {
  const before = Date.now()
  while (Date.now() === before) await new Promise(setImmediate)
  return new Date().toISOString()
}

/** What is under which label, in which state, in both datasets. */
async function look(): Promise<string[]> {
  const rows = await db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select(['file', 'name', 'state', 'vouched'])
    .where('dataset', 'in', [main, other])
    .where('state', '<>', 'deleted')
    .execute()
  return rows.map((row) => `${row.file} ${row.name} ${standingOf(row)}`).sort()
}

async function takeBack(since: string) {
  const events = takeBackDoings(app, { server, person: EVE, since, by: 'max' })
  for (;;) {
    const { value, done } = await events.next()
    if (done) return value
  }
}

/** Pictures of ann and of eve from before, in both datasets. */
async function makeWorld() {
  const ids: Record<string, number> = {}
  for (const [dataset, at] of [
    [main, 'main'],
    [other, 'other'],
  ] as const)
    for (const label of ['cat', 'dog', 'owl'])
      ids[`${label} ${at}`] = await addNew(db, dataset, { label, pixels: `${label} of ${at}`, by: 'ann' })
  ids.early = await addNew(db, main, { label: 'cat', pixels: 'early', by: EVE })
  return { ids, since: await now(), before: await look() }
}

test('additions, moves, decisions, renames, merges, deletions and withdrawals are taken back, in all datasets', async () => {
  const { ids, since, before } = await makeWorld()
  for (const [dataset, at] of [
    [main, 'main'],
    [other, 'other'],
  ] as const) {
    const verdict = { ...eve, agreement: 1 }
    const cat = ids[`cat ${at}`] ?? 0
    const dog = ids[`dog ${at}`] ?? 0
    await addNew(db, dataset, { label: 'cat', pixels: `spam 1 of ${at}`, by: EVE })
    await addNew(db, dataset, { label: 'spam', pixels: `spam 2 of ${at}`, by: EVE })
    await now()
    await decide(db, dataset, { ...verdict, examples: [cat], decision: 'move', label: parseLabel('dog') })
    await now()
    await decide(db, dataset, { ...verdict, examples: [dog], decision: 'exclude' })
    await now()
    await mergeLabels(db, dataset, { from: parseLabel('dog'), into: parseLabel('owl'), ...eve })
    await now()
    await decide(db, dataset, { ...verdict, examples: [cat], decision: 'move', label: parseLabel('nonsense') })
    await now()
    await renameLabel(db, dataset, { from: parseLabel('owl'), to: parseLabel('rubbish'), by: EVE })
    await now()
    await deleteLabel(db, dataset, { label: parseLabel('rubbish'), ...eve })
    await now()
    await setWithdrawn(db, dataset, { teacher: 'ann', by: EVE, withdrawn: true })
  }
  const found = await findDoings(app, { server, person: EVE, since })
  assert.deepEqual([found.additions, found.labels.length, found.withdrawals], [4, 6, ['ann', 'ann']])
  const changes: number[] = []
  const listen = (dataset: number) => void changes.push(dataset)
  app.events.on('examplesChanged', listen)
  const done = await takeBack(since)
  app.events.off('examplesChanged', listen)
  assert.deepEqual(await look(), before)
  assert.deepEqual([done.additions, done.decisions, done.labels.length, done.withdrawals.length], [4, 6, 6, 2])
  assert.deepEqual([done.left.additions, done.left.decisions, done.left.labels.length], [0, 0, 0])
  // A training follows in each.
  assert.deepEqual(new Set(changes), new Set([main, other]))
  const audit = await db.selectFrom('audit').select(['by', 'detail']).where('action', '=', 'cleaned up').execute()
  assert.deepEqual(
    audit.filter(({ detail }) => detail.includes(since)).map(({ by }) => by),
    ['max', 'max'],
  )
})

test('done again, it finds nothing, and does nothing', async () => {
  const { ids, since } = await makeWorld()
  await addNew(db, main, { label: 'spam', pixels: 'spam', by: EVE })
  const verdict = { ...eve, agreement: 1 }
  await decide(db, main, { ...verdict, examples: [ids['cat main'] ?? 0], decision: 'exclude' })
  await renameLabel(db, main, { from: parseLabel('owl'), to: parseLabel('rubbish'), by: EVE })
  await takeBack(since)
  const after = await look()
  const again = await takeBack(since)
  assert.deepEqual([again.additions, again.decisions, again.labels, again.withdrawals], [0, 0, [], []])
  assert.deepEqual(await look(), after)
})

test('cut off in the middle, it goes on when it is called again', async () => {
  const { since, before } = await makeWorld()
  const BATCHES = 3
  await db.transaction().execute(async (t) => {
    const label = (
      await t
        .insertInto('labels')
        .values({ dataset: main, name: 'spam', key: 'SPAM' })
        .returning('id')
        .executeTakeFirstOrThrow()
    ).id
    const picture = { dataset: main, file_hash: Buffer.from('f'), perceptual_hash: '0', copy: Buffer.from('c') }
    const example = { label, filed_at: new Date().toISOString(), filed_by: EVE, state: 'kept' as const, vouched: 0 }
    for (let i = 0; i < (BATCHES - 1) * 500 + 10; i++) {
      const { id } = await t
        .insertInto('pictures')
        .values({ ...picture, pixel_hash: Buffer.from(`spam ${server} ${i}`) })
        .returning('id')
        .executeTakeFirstOrThrow()
      await t
        .insertInto('examples')
        .values({ ...example, picture: id, file: `spam ${i}` })
        .execute()
    }
  })
  const events = takeBackDoings(app, { server, person: EVE, since, by: 'max' })
  const first = await events.next()
  assert.deepEqual(first.value, { done: 500, total: 1010, of: 'pictures' })
  await events.return(undefined as never)
  assert.equal((await findDoings(app, { server, person: EVE, since })).additions, 510)
  assert.equal((await takeBack(since)).additions, 510)
  assert.deepEqual(await look(), before)
})

test('what others changed since stays, and is listed', async () => {
  const { ids, since } = await makeWorld()
  const kept = await addNew(db, main, { label: 'cat', pixels: 'good after all', by: EVE })
  const cat = ids['cat main'] ?? 0
  await decide(db, main, { ...eve, agreement: 1, examples: [cat], decision: 'move', label: parseLabel('dog') })
  await renameLabel(db, main, { from: parseLabel('owl'), to: parseLabel('rubbish'), by: EVE })
  const rita = { by: 'rita', as: 'reviewer' as const, agreement: 1 }
  await decide(db, main, { ...rita, examples: [kept, cat], decision: 'keep' })
  await renameLabel(db, main, { from: parseLabel('rubbish'), to: parseLabel('eagle owl'), by: 'max' })
  const state = await look()
  const { additions, decisions, labels, left } = await findDoings(app, { server, person: EVE, since })
  assert.deepEqual([additions, decisions, labels], [0, 0, []])
  assert.deepEqual(left, {
    additions: 1,
    decisions: 1,
    labels: [{ what: 'renamed', label: 'owl', to: 'rubbish', dataset: 'main' }],
    pictures: [{ example: kept, label: 'cat', dataset: 'main' }],
  })
  await takeBack(since)
  assert.deepEqual(await look(), state)
})

test('only what was done since then, by that person, on that server', async () => {
  const { before } = await makeWorld()
  const foreign = await openMain(db, `${server} foreign`)
  await addNew(db, foreign, { label: 'cat', pixels: 'elsewhere', by: EVE })
  await addNew(db, main, { label: 'cat', pixels: 'by ben', by: 'ben' })
  const since = await now()
  const done = await takeBack(since)
  assert.deepEqual([done.additions, done.decisions], [0, 0])
  assert.deepEqual(await look(), [...before, 'by ben cat kept'].sort())
  assert.equal((await db.selectFrom('examples').select('id').where('file', '=', 'elsewhere').execute()).length, 1)
})

test('a withdrawal that somebody else repeated, or that changed nothing, stays', async () => {
  const { since } = await makeWorld()
  await setWithdrawn(db, main, { teacher: 'ann', by: EVE, withdrawn: true })
  await setWithdrawn(db, main, { teacher: 'ann', by: 'max', withdrawn: false })
  assert.deepEqual((await findDoings(app, { server, person: EVE, since })).withdrawals, [])
  await setWithdrawn(db, other, { teacher: 'ann', by: EVE, withdrawn: true })
  await setWithdrawn(db, other, { teacher: 'ann', by: EVE, withdrawn: false })
  assert.deepEqual((await findDoings(app, { server, person: EVE, since })).withdrawals, [])
})

test('what can no longer be taken back is listed, and another change makes a confirmation out of date', async () => {
  const { ids, since } = await makeWorld()
  const where = { server, person: EVE, since }
  await addNew(db, main, { label: 'cat', pixels: 'spam', by: EVE })
  const { mark } = await findDoings(app, where)
  assert.equal((await findDoings(app, where)).mark, mark)
  const removal = { label: parseLabel('owl'), examples: [ids['owl main'] ?? 0], by: EVE, as: 'teacher' as const }
  await removeExamples(db, main, removal)
  const found = await findDoings(app, where)
  assert.notEqual(found.mark, mark)
  assert.deepEqual(found.lost, [{ action: 'unfiled', changes: 1 }])
})
