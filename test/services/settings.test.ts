// What managers set, stored as JSON by this version or an older one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeServer } from '../../src/db/servers.ts'
import { changeSettings, datasetFor, readSettings } from '../../src/services/settings.ts'
import { openTestApp } from '../support/test-app.ts'

const { app } = await openTestApp()

/** Stores settings as they are, whatever they are. */
async function store(server: string, settings: object) {
  await changeServer(app.db, { server, by: 'test', detail: {} }, () => settings)
  return readSettings(app.db, server)
}

test('a server that set nothing has defaults', async () => {
  const { roles, retraining, answer, learnFromPosts } = await readSettings(app.db, '1')
  assert.deepEqual([roles, retraining, answer, learnFromPosts], [{}, 'at-once', 'sure and unsure', false])
})

test('the role that was stored as `admin` is the manager’s', async () => {
  const { roles } = await store('2', { roles: { teacher: '10', admin: '11' } })
  assert.deepEqual(roles, { teacher: '10', manager: '11' })
})

test('a role of today wins over the old name', async () => {
  const { roles } = await store('3', { roles: { admin: '11', manager: '12' } })
  assert.deepEqual(roles, { manager: '12' })
})

test('one role that cannot be read does not drop the others', async () => {
  const { roles } = await store('4', { roles: { teacher: '10', trainer: 'not an id', reviewer: null, gardener: '9' } })
  assert.deepEqual(roles, { teacher: '10' })
})

test('caution is normal where it was never set, or cannot be read', async () => {
  assert.equal((await store('8', { confidence: 0.5 })).caution, 'normal')
  assert.equal((await store('9', { caution: 'reckless' })).caution, 'normal')
  assert.equal((await store('10', { caution: 'low' })).caution, 'low')
})

test('a confidence of before stands for the grades that come closest to it', async () => {
  const read = async (server: string, settings: object) => {
    const { answer, formerConfidence } = await store(server, settings)
    return [answer, formerConfidence]
  }
  assert.deepEqual(await read('20', { confidence: 0.7 }), ['sure', 0.7])
  assert.deepEqual(await read('21', { confidence: 0.5 }), ['sure', 0.5])
  assert.deepEqual(await read('22', { confidence: 0.2 }), ['sure and unsure', 0.2])
  assert.deepEqual(await read('23', { confidence: 0 }), ['sure and unsure', undefined])
  assert.deepEqual(await read('24', { confidence: 'high' }), ['sure and unsure', undefined])
  assert.deepEqual(await read('25', { confidence: 0.7, answer: 'all' }), ['all', undefined])
  await changeSettings(app.db, { server: '20', by: 'test', detail: { every: 7 } }, (settings) => {
    settings.every = 7
  })
  const { answer, formerConfidence, every } = await readSettings(app.db, '20')
  assert.deepEqual([answer, formerConfidence, every], ['sure', 0.7, 7])
})

test('one setting that cannot be read falls back to its default, and the others stay', async () => {
  const { watched, every, agreement } = await store('5', { watched: 'all', every: 20, agreement: 99 })
  assert.deepEqual([watched, every, agreement], [[], 20, 1])
})

test('a change keeps everything else, under the names of today', async () => {
  await store('6', { roles: { admin: '11' }, every: 20 })
  await changeSettings(app.db, { server: '6', by: 'test', detail: { language: 'ja' } }, (settings) => {
    settings.language = 'ja'
  })
  const { roles, every, language } = await readSettings(app.db, '6')
  assert.deepEqual([roles, every, language], [{ manager: '11' }, 20, 'ja'])
})

test('a thread uses the dataset of its channel unless it has one of its own', async () => {
  const settings = await store('7', { datasets: { '100': 'cats', '200': 'dogs' } })
  const names = [
    datasetFor(settings, '100', null),
    datasetFor(settings, '101', '100'),
    datasetFor(settings, '200', '100'),
    datasetFor(settings, '300', null),
  ]
  assert.deepEqual(names, ['cats', 'cats', 'dogs', 'main'])
})

test('a schedule of before keeps working, and what cannot be read of an hour or a zone is left out', async () => {
  const old = await store('30', { retraining: 'schedule', schedule: '0 5 * * *' })
  assert.deepEqual(
    [old.retraining, old.schedule, old.trainAt, old.timeZone],
    ['schedule', '0 5 * * *', undefined, undefined],
  )
  const strange = await store('31', { trainAt: 24, timeZone: 'Mars/Olympus', news: 'general' })
  assert.deepEqual([strange.trainAt, strange.timeZone, strange.news], [undefined, undefined, undefined])
})
