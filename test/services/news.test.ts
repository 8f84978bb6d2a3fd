// What managers should hear of: kept until somebody is told, each piece once, and no more than there is to say.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TrainingOutcome } from '../../src/context.ts'
import { LOCAL_SERVER, openDataset } from '../../src/db/datasets.ts'
import { addNews, endNews, listServersWithNews, sweepNews, takeNews } from '../../src/db/news.ts'
import { UserError } from '../../src/errors.ts'
import { tellFailure, tellOutcome } from '../../src/services/news.ts'
import { openTestApp } from '../support/test-app.ts'

const { app } = await openTestApp()

let servers = 100
async function openServer(): Promise<{ server: string; dataset: number }> {
  const server = String(servers++)
  return { server, dataset: await openDataset(app.db, { server, name: 'main', create: true }) }
}
const outcomeOf = (about: Partial<TrainingOutcome>) =>
  ({
    version: 3,
    promoted: true,
    reason: 'as-good',
    flagged: 0,
    examples: 100,
    turned: [],
    ...about,
  }) as TrainingOutcome
/** What is told, without what differs each time. */
async function taken(server: string) {
  const news = await takeNews(app.db, server)
  if (news) await endNews(app.db, { ...news, isTold: true })
  return (news?.pieces ?? []).map(({ id: _, dataset: __, ...piece }) => piece)
}

test('a held-back version is told once, and not when a later one was activated', async () => {
  const { server, dataset } = await openServer()
  const heard: string[] = []
  const hear = (about: string) => heard.push(about)
  app.events.on('newsAdded', hear)
  const held = outcomeOf({ promoted: false, reason: 'turned', turned: ['cat'] })
  await tellOutcome(app, dataset, { outcome: held, before: 0 })
  await tellOutcome(app, dataset, { outcome: { ...held, version: 4, reason: 'worse', turned: [] }, before: 0 })
  app.events.off('newsAdded', hear)
  assert.deepEqual(heard, [server, server])
  assert.deepEqual(await listServersWithNews(app.db), [server])
  assert.deepEqual(await taken(server), [{ kind: 'held-back', version: 4, labels: [] }])
  assert.deepEqual(await taken(server), [])
  await tellOutcome(app, dataset, { outcome: { ...held, version: 5 }, before: 0 })
  await tellOutcome(app, dataset, { outcome: outcomeOf({ version: 6 }), before: 0 })
  assert.deepEqual(await taken(server), [])
})

test('many new suspects are news, a few are not', async () => {
  const { server, dataset } = await openServer()
  await tellOutcome(app, dataset, { outcome: outcomeOf({ flagged: 9 }), before: 0 })
  await tellOutcome(app, dataset, { outcome: outcomeOf({ flagged: 30, examples: 1000 }), before: 10 })
  await tellOutcome(app, dataset, { outcome: outcomeOf({ flagged: 30 }), before: 30 })
  assert.deepEqual(await taken(server), [])
  await tellOutcome(app, dataset, { outcome: outcomeOf({ flagged: 30 }), before: 12 })
  assert.deepEqual(await taken(server), [{ kind: 'many-suspects', suspects: 30, more: 18 }])
})

test('a failure is told once a day; having too little to learn from is none', async () => {
  const { server, dataset } = await openServer()
  const failure = new UserError('train.memory', 'too little', { left: 100 })
  await tellFailure(app, dataset, new UserError('train.too-few-labels', 'too few'))
  await tellFailure(app, dataset, new UserError('busy.stopping', 'stopping'))
  assert.deepEqual(await taken(server), [])
  await tellFailure(app, dataset, failure)
  const piece = { kind: 'training-failed', code: 'train.memory', values: { left: 100 } } as const
  assert.deepEqual(await taken(server), [piece])
  await tellFailure(app, dataset, failure)
  assert.deepEqual(await taken(server), [])
  const tomorrow = new Date(Date.now() + 25 * 3600_000)
  assert.equal(await addNews(app.db, dataset, piece, tomorrow), server)
  assert.deepEqual(await taken(server), [piece])
})

test('what could not be told is told later; what was is forgotten; a terminal and a deleted dataset have none', async () => {
  const { server, dataset } = await openServer()
  const piece = { kind: 'many-suspects', suspects: 20, more: 20 } as const
  await addNews(app.db, dataset, piece)
  const news = await takeNews(app.db, server)
  assert.ok(news)
  assert.equal(await takeNews(app.db, server), undefined)
  await endNews(app.db, { ...news, isTold: false })
  assert.deepEqual(await taken(server), [piece])
  await sweepNews(app.db, new Date(Date.now() + 1000))
  assert.equal((await app.db.selectFrom('news').select('id').where('server', '=', server).execute()).length, 0)
  const local = await openDataset(app.db, { server: LOCAL_SERVER, name: 'main', create: true })
  assert.equal(await addNews(app.db, local, piece), undefined)
  assert.equal(await addNews(app.db, 99_999, piece), undefined)
})

test('what a process had taken that is heard of no more is told by another', async () => {
  const { server, dataset } = await openServer()
  const piece = { kind: 'many-suspects', suspects: 30, more: 12 } as const
  await addNews(app.db, dataset, piece)
  assert.ok(await takeNews(app.db, server))
  assert.deepEqual(await taken(server), [])
  // The same again is no other piece.
  assert.equal(await addNews(app.db, dataset, piece), server)
  await app.db.updateTable('expiring').set({ expires_at: 0 }).where('key', '=', `news:${server}`).execute()
  assert.deepEqual(await taken(server), [piece])
  assert.deepEqual(await taken(server), [])
})
