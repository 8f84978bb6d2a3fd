// Calls between processes: the table beside pg-boss, with one server that has 1,000 and 40 that come later with one each.
// Prints JSON. Needs a PostgreSQL: MEKIKI_TEST_POSTGRES.
import { randomUUID } from 'node:crypto'
import { PgBoss } from 'pg-boss'
import { finishCall, takeCalls } from '../src/db/call-leases.ts'
import { commitCall } from '../src/db/calls.ts'
import { openPostgres } from '../src/db/postgres/connection.ts'
import { onServer, skipWithoutPostgres, urlOf } from '../test/support/postgres.ts'

const MANY = 1_000
const OTHERS = 40
/** Calls of the many that are being answered when the others come. */
const BEGUN = 20
/** Processes that answer, and how many calls each takes at a time. */
const [TAKERS, AT_A_TIME] = [4, 4]
/** Of an interaction with what it takes to answer it. */
const PAYLOAD = 'x'.repeat(4_000)
const [LEASE_MS, TTL_MS] = [30_000, 900_000]

/** What is measured of either: `take` gives the ids of those whose turn it is, and what finishes them. */
type Queue = {
  send(id: string, server: string): Promise<unknown>
  take(owner: string): Promise<{ id: string; done(): Promise<unknown> }[]>
}

async function measure({ send, take }: Queue) {
  const started = performance.now()
  await Promise.all(Array.from({ length: MANY }, (_, i) => send(`many-${i}-${randomUUID()}`, 'many')))
  const sentMs = performance.now() - started
  const order: string[] = []
  while (order.length < BEGUN)
    for (const { id, done } of await take('first')) {
      order.push(id)
      await done()
    }
  await Promise.all(Array.from({ length: OTHERS }, (_, i) => send(`one-${i}-${randomUUID()}`, `one-${i}`)))
  const from = order.length
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: TAKERS }, async (_, owner) => {
      for (let taken = await take(`${owner}`); taken.length > 0; taken = await take(`${owner}`)) {
        order.push(...taken.map(({ id }) => id))
        await Promise.all(taken.map(({ done }) => done()))
      }
    }),
  )
  const answered = order.length - from
  const places = order.slice(from).flatMap((id, place) => (id.startsWith('one-') ? [place + 1] : []))
  return {
    sendsPerSecond: Math.round((1000 * MANY) / sentMs),
    answersPerSecond: Math.round((1000 * answered) / (performance.now() - begun)),
    answered,
    othersAmongFirst100: places.filter((place) => place <= 100).length,
    lastOfOthers: places.at(-1),
  }
}

async function measureTable(url: string) {
  const db = await openPostgres(url)
  try {
    return await measure({
      send: (id, server) =>
        commitCall(db, { id, kind: 'interaction', server, payload: PAYLOAD, waitMs: 0, ttlMs: TTL_MS }),
      take: async (owner) =>
        (await takeCalls(db, { owner, leaseMs: LEASE_MS, limit: AT_A_TIME })).map(({ id }) => ({
          id,
          done: () => finishCall(db, { id, owner }),
        })),
    })
  } finally {
    await db.destroy()
  }
}

/** @param groupConcurrency of one server, over all processes; undefined: as many as there are */
async function measureBoss(url: string, groupConcurrency: number | undefined) {
  const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false })
  boss.on('error', () => {})
  await boss.start()
  const queue = `calls-${groupConcurrency ?? 'free'}`
  await boss.createQueue(queue)
  try {
    return await measure({
      send: (id, server) => boss.send(queue, { id, payload: PAYLOAD }, { group: { id: server } }),
      take: async () => {
        const limit = groupConcurrency === undefined ? {} : { groupConcurrency }
        const jobs = await boss.fetch<{ id: string }>(queue, { batchSize: AT_A_TIME, ...limit })
        return jobs.map((job) => ({ id: job.data.id, done: () => boss.complete(queue, job.id) }))
      },
    })
  } finally {
    await boss.stop({ graceful: false })
  }
}

if (skipWithoutPostgres) throw new Error(skipWithoutPostgres)
const name = `mekiki_bench_calls_${process.pid}`
await onServer((client) => client.query(`create database ${name} template template0 encoding 'UTF8'`))
try {
  const table = await measureTable(urlOf(name))
  const boss = await measureBoss(urlOf(name), undefined)
  const bossByGroup = await measureBoss(urlOf(name), 1)
  console.log(JSON.stringify({ table, boss, bossByGroup }, undefined, 2))
} finally {
  await onServer((client) => client.query(`drop database if exists ${name} with (force)`))
}
