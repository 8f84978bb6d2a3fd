// What a gateway does next: told what there is, whole clusters are played to their end.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ShardCluster, ShardSession } from '../../../src/db/shards.ts'
import { planShards } from '../../../src/discord/shards/plan.ts'

const [SETTLED_MS, LONG_AGO_MS] = [60_000, 120_000]
const cluster = (shardCount: number, names: string[], sessions: ShardSession[] = []): ShardCluster => ({
  shardCount,
  gateways: names.map((id) => ({ id, isDraining: false, sinceMs: LONG_AGO_MS })),
  sessions,
})
const plan = (seen: ShardCluster, gateway: string, maxStarting = 1) =>
  planShards({ ...seen, gateway, maxStarting, settledMs: SETTLED_MS })
const ready = (shard: number, gateway: string): ShardSession => ({ shard, gateway, state: 'ready' })

/** One round: each gateway in turn does what it wants, what starts serves, and what is taken over ends. */
function round(seen: ShardCluster, maxStarting: number): void {
  for (const { id } of seen.gateways) {
    const { take, drain, resume } = plan(seen, id, maxStarting)
    for (const session of seen.sessions.filter(({ gateway }) => gateway === id)) {
      if (drain.includes(session.shard)) session.state = 'draining'
      if (resume.includes(session.shard)) session.state = 'ready'
    }
    seen.sessions.push(...take.map((shard) => ({ shard, gateway: id, state: 'starting' as const })))
    for (const shard of new Set(seen.sessions.map((s) => s.shard)))
      assert.ok(seen.sessions.filter((s) => s.shard === shard && s.state !== 'draining').length <= 1)
  }
  for (const session of seen.sessions) if (session.state === 'starting') session.state = 'ready'
  const isTaken = (shard: number): boolean => seen.sessions.some((s) => s.shard === shard && s.state === 'ready')
  seen.sessions = seen.sessions.filter(({ shard, state }) => state !== 'draining' || !isTaken(shard))
}
const heldBy = (seen: ShardCluster, id: string): number => seen.sessions.filter((s) => s.gateway === id).length
function settle(seen: ShardCluster, maxStarting: number): void {
  for (let i = 0; i < 4 * seen.shardCount + 10; i++) round(seen, maxStarting)
}

test('however many gateways and shards there are, every shard is held, and evenly', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 5 }),
      (shards, gateways, max) => {
        const seen = cluster(
          shards,
          Array.from({ length: gateways }, (_, i) => `g${i}`),
        )
        settle(seen, max)
        const counts = seen.gateways.map(({ id }) => heldBy(seen, id))
        assert.equal(seen.sessions.length, shards)
        assert.ok(Math.max(...counts) - Math.min(...counts) <= 1)
      },
    ),
  )
})

test('a gateway that comes gets its part, after a while; one that goes leaves nothing behind', () => {
  const seen = cluster(9, ['a', 'b'])
  settle(seen, 2)
  seen.gateways.push({ id: 'c', isDraining: false, sinceMs: 0 })
  settle(seen, 2)
  assert.equal(heldBy(seen, 'c'), 0, 'while processes are replaced nothing moves twice')
  for (const gateway of seen.gateways) gateway.sinceMs = LONG_AGO_MS
  settle(seen, 2)
  assert.deepEqual(
    ['a', 'b', 'c'].map((id) => heldBy(seen, id)),
    [3, 3, 3],
  )
  seen.gateways = seen.gateways.map((gateway) => ({ ...gateway, isDraining: gateway.id === 'a' }))
  settle(seen, 2)
  assert.deepEqual(['a', 'b', 'c'].map((id) => heldBy(seen, id)).sort(), [0, 4, 5])
})

test('what nobody takes over is kept', () => {
  const draining = { shard: 0, gateway: 'a', state: 'draining' as const }
  assert.deepEqual(plan(cluster(2, ['a', 'b'], [draining, ready(1, 'a')]), 'a').resume, [], 'b takes it')
  assert.deepEqual(plan(cluster(2, ['a'], [draining, ready(1, 'a')]), 'a').resume, [0], 'b has died')
})

test('no more sessions begin at once than Discord takes', () => {
  assert.deepEqual(plan(cluster(8, ['a']), 'a', 3).take, [0, 1, 2])
  const starting = { shard: 0, gateway: 'a', state: 'starting' as const }
  assert.deepEqual(plan(cluster(8, ['a'], [starting]), 'a', 1).take, [])
})
