import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAudit } from '../../src/db/audit.ts'
import { listDatasets } from '../../src/db/datasets.ts'
import { claimMessage } from '../../src/db/messages.ts'
import {
  changeServer,
  joinServer,
  leaveServer,
  listPresentServers,
  purgeServers,
  readServer,
} from '../../src/db/servers.ts'
import { addNew, makeDatabase, openMain } from '../support/database.ts'

const NEVER = new Date(0)
const ALWAYS = new Date('9999-01-01')
const change = (db: Parameters<typeof changeServer>[0], server: string, settings: object) =>
  changeServer(db, { server, by: 'ann', detail: settings }, (before) => ({ ...(before as object), ...settings }))

test('a server is welcomed when it is joined, and again after it was left, but not twice', async () => {
  const { db } = await makeDatabase()
  assert.equal(await joinServer(db, '1'), true)
  assert.equal(await joinServer(db, '1'), false)
  await leaveServer(db, '1')
  assert.deepEqual(await listPresentServers(db), [])
  assert.equal(await joinServer(db, '1'), true)
  assert.equal(await joinServer(db, '1'), false)
  assert.deepEqual(await listPresentServers(db), ['1'])
})

test('settings are changed from what they are, and the change is recorded', async () => {
  const { db } = await makeDatabase()
  assert.deepEqual(await readServer(db, '1'), {})
  assert.deepEqual(await change(db, '1', { language: 'ja' }), { language: 'ja' })
  assert.deepEqual(await change(db, '1', { every: 5 }), { language: 'ja', every: 5 })
  assert.deepEqual(await readServer(db, '1'), { language: 'ja', every: 5 })
  const changes = await readAudit(db, { server: '1', by: 'ann', before: undefined, limit: 9 })
  assert.deepEqual(
    changes.map((c) => [c.action, c.detail, c.dataset]),
    [
      ['settings changed', { every: 5 }, null],
      ['settings changed', { language: 'ja' }, null],
    ],
  )
})

test('a change that is refused leaves the settings as they are', async () => {
  const { db } = await makeDatabase()
  await change(db, '1', { every: 5 })
  const refused = changeServer(db, { server: '1', by: 'ann', detail: {} }, () => {
    throw new Error('refused')
  })
  await assert.rejects(refused, /refused/)
  assert.deepEqual(await readServer(db, '1'), { every: 5 })
})

test('everything of a server that was left is deleted after the grace period, and nothing of others', async () => {
  const { db } = await makeDatabase()
  for (const server of ['1', '2']) {
    await joinServer(db, server)
    await addNew(db, await openMain(db, server), { label: 'cat', pixels: 'a' })
    await claimMessage(db, { id: `m${server}`, server, channel: 'c', work: '{}' })
  }
  await leaveServer(db, '1')
  assert.deepEqual(await purgeServers(db, NEVER), [])
  assert.deepEqual(await purgeServers(db, ALWAYS), ['1'])
  assert.deepEqual(await listDatasets(db, '1'), [])
  assert.equal((await listDatasets(db, '2')).length, 1)
  const owners = async (table: 'audit' | 'messages') =>
    (await db.selectFrom(table).select('server').execute()).map((row) => row.server)
  assert.deepEqual([await owners('audit'), await owners('messages')], [['2'], ['2']])
  assert.equal((await db.selectFrom('pictures').select('id').execute()).length, 1)
})
