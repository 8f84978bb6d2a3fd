import assert from 'node:assert/strict'
import { readAudit } from '../../src/db/audit.ts'
import { LOCAL_SERVER, listDatasets } from '../../src/db/datasets.ts'
import { claimMessage, sweepMessages } from '../../src/db/messages.ts'
import {
  changeServer,
  isServerKnown,
  joinServer,
  joinServers,
  leaveServers,
  listPresentServers,
  purgeServers,
  readServer,
} from '../../src/db/servers.ts'
import { addNew, makeDatabase, openMain } from '../support/database.ts'
import { test } from '../support/each-engine.ts'

const NEVER = new Date(0)
const ALWAYS = new Date('9999-01-01')
const change = (db: Parameters<typeof changeServer>[0], server: string, settings: object) =>
  changeServer(db, { server, by: 'ann', detail: settings }, (before) => ({ ...(before as object), ...settings }))

test('a server is welcomed when it is joined, and again after it was left, but not twice', async () => {
  const { db } = await makeDatabase()
  assert.equal(await joinServer(db, '1'), true)
  assert.equal(await joinServer(db, '1'), false)
  await leaveServers(db, ['1'])
  assert.deepEqual(await listPresentServers(db), [])
  assert.equal(await joinServer(db, '1'), true)
  assert.equal(await joinServer(db, '1'), false)
  assert.deepEqual(await listPresentServers(db), ['1'])
})

test('settings of the terminal make it no server that the bot could leave, and be deleted with', async () => {
  const { db } = await makeDatabase()
  await joinServer(db, '1')
  await change(db, LOCAL_SERVER, { caution: 'high' })
  assert.deepEqual(await listPresentServers(db), ['1'])
  assert.deepEqual([await isServerKnown(db, '1'), await isServerKnown(db, '2')], [true, false])
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
  await leaveServers(db, ['1'])
  assert.deepEqual(await purgeServers(db, NEVER), [])
  assert.deepEqual(await purgeServers(db, ALWAYS), ['1'])
  assert.deepEqual(await listDatasets(db, '1'), [])
  assert.equal((await listDatasets(db, '2')).length, 1)
  const owners = async (table: 'audit' | 'messages') =>
    (await db.selectFrom(table).select('server').execute()).map((row) => row.server)
  assert.deepEqual([await owners('audit'), await owners('messages')], [['2'], ['2']])
  assert.equal((await db.selectFrom('pictures').select('id').execute()).length, 1)
})

test('thousands of servers are joined and left at once, and those that are new are told', async () => {
  const { db } = await makeDatabase()
  const ids = Array.from({ length: 1203 }, (_, i) => `${i}`)
  await joinServers(db, ids.slice(0, 600))
  await leaveServers(db, ids.slice(0, 3))
  assert.deepEqual((await joinServers(db, ids)).toSorted(), [...ids.slice(0, 3), ...ids.slice(600)].toSorted())
  await leaveServers(db, ids.slice(1))
  assert.deepEqual(await listPresentServers(db), ['0'])
})

test('no statement changes more rows than one batch', async () => {
  const { db } = await makeDatabase()
  const changed: bigint[] = []
  const seen = db.withPlugin({
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      changed.push(result.numAffectedRows ?? BigInt(result.rows.length))
      return result
    },
  })
  const ids = Array.from({ length: 1203 }, (_, i) => `${i}`)
  await joinServers(seen, ids)
  await leaveServers(seen, ids)
  const rows = ids.map((id) => ({ id, server: '1', channel: 'c', work: null, at: 1 }))
  for (let i = 0; i < rows.length; i += 400)
    await db
      .insertInto('messages')
      .values(rows.slice(i, i + 400))
      .execute()
  await sweepMessages(seen, 2)
  assert.equal((await db.selectFrom('messages').select('id').execute()).length, 0)
  assert.equal(changed.length, 9)
  assert.ok(
    changed.every((count) => count <= 500n),
    `${changed}`,
  )
})

test('a server that the bot is invited to again while it is purged keeps what is left', async () => {
  const { db } = await makeDatabase()
  await joinServer(db, '1')
  await addNew(db, await openMain(db, '1'), { label: 'cat', pixels: 'a' })
  await leaveServers(db, ['1'])
  let isInvited = false
  const seen = db.withPlugin({
    transformQuery: ({ node }) => node,
    // Right after it was found among those that were left.
    async transformResult({ result }) {
      if (!isInvited) await joinServer(db, '1')
      isInvited = true
      return result
    },
  })
  assert.deepEqual(await purgeServers(seen, ALWAYS), [])
  assert.equal((await db.selectFrom('pictures').select('id').execute()).length, 1)
  assert.deepEqual(await listPresentServers(db), ['1'])
})
