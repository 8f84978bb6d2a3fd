// Which gateway holds which shards, and what processes share of Discord's limits.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import {
  areAllShardsChecked,
  decideAboutShards,
  joinCluster,
  leaveCluster,
  noteCheck,
  type ShardChanges,
  shardIsReady,
} from '../../src/db/shards.ts'
import { countForeignSessions, reserveRequests, takeIdentifySlot } from '../../src/db/token-limits.ts'
import { makeDatabase } from '../support/database.ts'
import { test } from '../support/each-engine.ts'

const NOTHING: ShardChanges = { take: [], drain: [], resume: [] }
const joining = (gateway: string, wanted?: number) => ({ gateway, application: '1', wanted, recommended: 4 })

test('gateways agree how many shards there are; who is alone may change it', async () => {
  const { db } = await makeDatabase()
  assert.deepEqual(await joinCluster(db, joining('a')), { shardCount: 4 })
  assert.deepEqual(await joinCluster(db, joining('b', 4)), { shardCount: 4 })
  const running = { running: { application: '1', shardCount: 4 } }
  assert.deepEqual(await joinCluster(db, joining('c', 8)), running)
  assert.deepEqual(await joinCluster(db, { ...joining('c'), application: '2' }), running)
  await leaveCluster(db, 'a')
  await leaveCluster(db, 'b')
  assert.deepEqual(await joinCluster(db, joining('c', 8)), { shardCount: 8 })
})

test('twenty gateways at once take every shard once', async () => {
  const { db } = await makeDatabase()
  const gateways = Array.from({ length: 20 }, () => randomUUID())
  const joined = await Promise.all(gateways.map((gateway) => joinCluster(db, joining(gateway))))
  assert.deepEqual(new Set(joined.map((j) => 'shardCount' in j && j.shardCount)), new Set([4]))
  const all = await Promise.all(
    gateways.map((gateway) =>
      decideAboutShards(db, gateway, ({ shardCount, sessions }) => {
        const free = Array.from({ length: shardCount }, (_, shard) => shard)
        return { ...NOTHING, take: free.filter((shard) => !sessions.some((s) => s.shard === shard)).slice(0, 1) }
      }),
    ),
  )
  assert.deepEqual(all.flatMap(({ take }) => take).sort(), [0, 1, 2, 3])
})

test('a shard that is handed over has two sessions until the first ends, and never two successors', async () => {
  const { db } = await makeDatabase()
  for (const gateway of ['a', 'b', 'c']) await joinCluster(db, joining(gateway))
  await decideAboutShards(db, 'a', () => ({ ...NOTHING, take: [2] }))
  assert.equal(await shardIsReady(db, 'a', 2), true)
  await assert.rejects(decideAboutShards(db, 'b', () => ({ ...NOTHING, take: [2] })))
  await decideAboutShards(db, 'a', () => ({ ...NOTHING, drain: [2] }))
  await decideAboutShards(db, 'b', () => ({ ...NOTHING, take: [2] }))
  await assert.rejects(decideAboutShards(db, 'c', () => ({ ...NOTHING, take: [2] })))
  const { sessions } = await decideAboutShards(db, 'a', () => NOTHING)
  assert.deepEqual(
    sessions.map(({ gateway, state }) => [gateway, state]),
    [
      ['a', 'draining'],
      ['b', 'starting'],
    ],
  )
})

test('shards of a gateway that is silent are free, and it notices when it comes back', async () => {
  const { db } = await makeDatabase()
  for (const gateway of ['a', 'b']) await joinCluster(db, joining(gateway))
  await decideAboutShards(db, 'a', () => ({ ...NOTHING, take: [0, 1] }))
  await db.updateTable('gateways').set({ lease_until: 1 }).where('id', '=', 'a').execute()
  await db.updateTable('shard_sessions').set({ lease_until: 1 }).where('gateway', '=', 'a').execute()
  const seen = await decideAboutShards(db, 'b', () => ({ ...NOTHING, take: [0] }))
  assert.deepEqual([seen.gateways.map(({ id }) => id), seen.sessions], [['b'], []])
  const back = await decideAboutShards(db, 'a', () => NOTHING)
  assert.deepEqual(
    back.sessions.map(({ gateway, shard }) => [gateway, shard]),
    [['b', 0]],
  )
})

test('what was left is deleted only once every shard has found its servers', async () => {
  const { db } = await makeDatabase()
  await joinCluster(db, joining('a', 2))
  await decideAboutShards(db, 'a', () => ({ ...NOTHING, take: [0, 1] }))
  await noteCheck(db, 0, true)
  assert.equal(await areAllShardsChecked(db), false)
  await noteCheck(db, 1, false)
  assert.equal(await areAllShardsChecked(db), false)
  await noteCheck(db, 1, true)
  assert.equal(await areAllShardsChecked(db), true)
})

test('a session of a bucket begins once in a period, whoever asks', async () => {
  const { db } = await makeDatabase()
  const waits = await Promise.all(Array.from({ length: 8 }, () => takeIdentifySlot(db, 0, 60_000)))
  assert.equal(waits.filter((wait) => wait === 0).length, 1)
  for (const wait of waits.filter((w) => w > 0)) assert.ok(wait <= 60_000)
  assert.equal(await takeIdentifySlot(db, 1, 60_000), 0)
})

test('moments of requests lie one gap apart, whoever reserves them', async () => {
  const { db } = await makeDatabase()
  const gapMs = 60_000
  const waits = await Promise.all(
    Array.from({ length: 12 }, (_, i) => reserveRequests(db, 1 + (i % 3), { gapMs, burst: 2 })),
  )
  // What is reserved last begins where all others have ended.
  assert.equal(Math.round(Math.max(...waits) / gapMs) <= 24 - 2, true)
  const order = waits.map((wait, i) => ({ wait, requests: 1 + (i % 3) })).sort((a, b) => a.wait - b.wait)
  for (const [i, { wait }] of order.entries()) {
    const before = order[i - 1]
    if (before) assert.ok(wait - before.wait > gapMs * (before.requests - 0.5))
  }
})

test('sessions that none of these processes began are counted', async () => {
  const { db } = await makeDatabase()
  assert.equal(await countForeignSessions(db, 990), 0)
  await takeIdentifySlot(db, 0, 1)
  await takeIdentifySlot(db, 1, 1)
  assert.equal(await countForeignSessions(db, 988), 0)
  assert.equal(await countForeignSessions(db, 983), 5)
  assert.ok((await countForeignSessions(db, 1_000)) <= 0, 'Discord counts anew')
})
