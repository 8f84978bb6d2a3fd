// Calls on both databases: claimed once, answered in fair turns, held by leases, gone when they are done.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  finishCall,
  mayDeliver,
  readCallBacklog,
  releaseCalls,
  renewCalls,
  takeCalls,
} from '../../src/db/call-leases.ts'
import { type CallToCommit, cancelCalls, claimCall, commitCall, sweepCalls } from '../../src/db/calls.ts'
import type { Database } from '../../src/db/connection.ts'
import { useEncryptionKeys } from '../../src/db/encryption.ts'
import { claimMessage } from '../../src/db/messages.ts'
import { openPostgres } from '../../src/db/postgres/connection.ts'
import { makeDatabase } from '../support/database.ts'
import { postgresUrl, skipWithoutPostgres } from '../support/postgres.ts'

const LEASE_MS = 60_000
const HOUR_MS = 3600_000

async function openPostgresDatabase(): Promise<Database> {
  const db = await openPostgres(await postgresUrl())
  after(() => db.destroy())
  return db
}

const ENGINES = [
  { engine: 'SQLite', skip: false as const, open: async () => (await makeDatabase()).db },
  { engine: 'PostgreSQL', skip: skipWithoutPostgres, open: openPostgresDatabase },
]

const call = (id: string, server = 's1', more: Partial<CallToCommit> = {}): CallToCommit => ({
  ...{ id, kind: 'interaction', server, payload: `payload of ${id}`, waitMs: 0, ttlMs: HOUR_MS },
  ...more,
})
const take = (db: Database, owner: string, limit = 1, leaseMs = LEASE_MS) => takeCalls(db, { owner, leaseMs, limit })
const idsOf = (calls: { id: string }[]) => calls.map(({ id }) => id)
const rowOf = (db: Database, id: string) =>
  db.selectFrom('calls').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

for (const { engine, skip, open } of ENGINES) {
  const on = (name: string, work: (db: Database) => Promise<void>): void =>
    void test(`${name}, on ${engine}`, { skip }, async () => work(await open()))

  on('an interaction is claimed once, whoever receives it, and committed once', async (db) => {
    const claim = { id: '1', kind: 'interaction', server: 's1' } as const
    const claims = await Promise.all(Array.from({ length: 5 }, () => claimCall(db, claim)))
    assert.deepEqual(claims.filter(Boolean).length, 1)
    assert.equal(await claimCall(db, claim), false)
    assert.deepEqual(await take(db, 'a'), [])
    const commits = await Promise.all([commitCall(db, call('1')), commitCall(db, call('1'))])
    assert.deepEqual(commits.filter(Boolean).length, 1)
    assert.equal(await commitCall(db, call('1')), false)
    assert.deepEqual(idsOf(await take(db, 'a', 10)), ['1'])
  })

  on('a message and its call are committed together', async (db) => {
    const message = { id: 'm', server: 's1', channel: 'c', call: call('m', 's1', { kind: 'message' }) }
    const claims = await Promise.all([claimMessage(db, message), claimMessage(db, message)])
    assert.deepEqual(claims, [true, false])
    assert.equal(await claimMessage(db, message), false)
    const [taken] = await take(db, 'a', 10)
    assert.deepEqual([taken?.kind, taken?.payload], ['message', 'payload of m'])
    assert.equal((await db.selectFrom('messages').select('work').executeTakeFirstOrThrow()).work, null)
  })

  on('those of processes that were heard of no more are left alone where that is asked for', async (db) => {
    for (const id of ['1', '2']) await commitCall(db, call(id))
    assert.deepEqual(idsOf(await take(db, 'a', 1, 0)), ['1'])
    const all = { owner: 'b', leaseMs: LEASE_MS, limit: 10 }
    await sleep(2)
    assert.deepEqual(idsOf(await takeCalls(db, { ...all, lapsed: false })), ['2'])
    assert.deepEqual(idsOf(await takeCalls(db, all)), ['1'])
  })

  on('what it holds is encrypted, and deleted as soon as it is done', async (db) => {
    useEncryptionKeys(db, [Buffer.alloc(32, 7)])
    await commitCall(db, call('1'))
    assert.doesNotMatch(String((await rowOf(db, '1')).payload), /payload of/)
    await claimMessage(db, { id: 'm', server: 's1', channel: 'c', call: call('m') })
    assert.doesNotMatch(String((await rowOf(db, 'm')).payload), /payload of/)
    const taken = await take(db, 'a', 2)
    assert.deepEqual(
      taken.map(({ payload }) => payload),
      ['payload of 1', 'payload of m'],
    )
    await finishCall(db, { id: '1', owner: 'a' })
    const { payload, state, lease_owner } = await rowOf(db, '1')
    assert.deepEqual({ payload, state, lease_owner }, { payload: null, state: 'done', lease_owner: null })
    assert.equal(await claimCall(db, { id: '1', kind: 'interaction', server: 's1' }), false)
    assert.deepEqual(await take(db, 'b', 10), [])
  })

  on('a call waits until its turn, and is not answered once it is too late', async (db) => {
    await commitCall(db, call('later', 's1', { waitMs: HOUR_MS }))
    await commitCall(db, call('late', 's1', { ttlMs: -1 }))
    assert.deepEqual(await take(db, 'a', 10), [])
    await sweepCalls(db)
    const left = await db.selectFrom('calls').select('id').execute()
    assert.deepEqual(idsOf(left), ['later'])
  })

  on('a process that is heard of no more loses its calls, and sends nothing anymore', async (db) => {
    await commitCall(db, call('1'))
    const [first] = await take(db, 'a', 1, 1)
    assert.equal(first?.lapses, 0)
    await sleep(20)
    const [second] = await take(db, 'b')
    assert.deepEqual([second?.id, second?.lapses, second?.isDelivered], ['1', 1, false])
    assert.equal(await mayDeliver(db, { id: '1', owner: 'a' }), false)
    assert.deepEqual([...(await renewCalls(db, { owner: 'a', leaseMs: LEASE_MS }))], [])
    await finishCall(db, { id: '1', owner: 'a' })
    assert.equal((await rowOf(db, '1')).state, 'open')
    assert.equal(await mayDeliver(db, { id: '1', owner: 'b' }), true)
    assert.deepEqual([...(await renewCalls(db, { owner: 'b', leaseMs: LEASE_MS }))], ['1'])
    assert.equal((await rowOf(db, '1')).delivered, 1)
  })

  on('what a process gives back is no lapse', async (db) => {
    await commitCall(db, call('1'))
    await commitCall(db, call('2'))
    await take(db, 'a', 2)
    await releaseCalls(db, { owner: 'a', ids: ['1'] })
    assert.deepEqual(idsOf(await take(db, 'b', 2)), ['1'])
    await releaseCalls(db, { owner: 'a' })
    const [again] = await take(db, 'b', 2)
    assert.deepEqual([again?.id, again?.lapses, again?.isBegun], ['2', 0, true])
  })

  on('what was cancelled before it was begun is not begun, and afterwards not sent', async (db) => {
    for (const id of ['waiting', 'begun']) await commitCall(db, call(id, id))
    await take(db, 'a', 2)
    await releaseCalls(db, { owner: 'a', ids: ['waiting'] })
    await cancelCalls(db, ['waiting', 'begun', 'unknown'])
    assert.deepEqual(await take(db, 'b', 10), [])
    assert.equal((await rowOf(db, 'waiting')).payload, null)
    assert.equal(await mayDeliver(db, { id: 'begun', owner: 'a' }), false)
    assert.equal(await finishCall(db, { id: 'begun', owner: 'a' }), true)
  })

  on('one with many calls holds up nobody: 40 servers are among the first 100 turns', async (db) => {
    const many = Array.from({ length: 1_000 }, (_, i) => commitCall(db, call(`many-${i}`, 'many')))
    await Promise.all(many)
    const order: string[] = []
    order.push(...idsOf(await take(db, 'a', 20)))
    await Promise.all(Array.from({ length: 40 }, (_, i) => commitCall(db, call(`one-${i}`, `one-${i}`))))
    assert.equal((await readCallBacklog(db)).waiting, 1_020)
    // Several that take at the same time, and finish.
    const worker = async (owner: string): Promise<void> => {
      for (let taken = await take(db, owner, 4); taken.length > 0; taken = await take(db, owner, 4)) {
        order.push(...idsOf(taken))
        await Promise.all(taken.map(({ id }) => finishCall(db, { id, owner })))
      }
    }
    await Promise.all(['b', 'c', 'd', 'e'].map(worker))
    assert.equal(new Set(order).size, 1_040)
    assert.equal(order.slice(0, 100).filter((id) => id.startsWith('one-')).length, 40)
  })

  on('a server that asks again and again takes turns with one that waits', async (db) => {
    await Promise.all(Array.from({ length: 30 }, (_, i) => commitCall(db, call(`many-${i}`, 'many'))))
    const order: string[] = []
    for (let i = 0; i < 10; i++) {
      await commitCall(db, call(`again-${i}`, 'again'))
      for (const { id } of await take(db, 'a', 2)) {
        order.push(id.split('-')[0] ?? '')
        await finishCall(db, { id, owner: 'a' })
      }
    }
    assert.equal(order.filter((server) => server === 'many').length, 10)
  })
}
