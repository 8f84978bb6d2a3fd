import { randomUUID } from 'node:crypto'
import type { Database } from './connection.ts'
import { databaseNow } from './database-clock.ts'
import { sql } from './kysely.ts'

/**
 * Others may tell the news of a server that long after one process has begun to: longer than Discord is tried, and than somebody
 * misses what they do not know yet.
 */
const LEASE_MS = 120_000

/** The right to tell the news of a server, which ends with the process that has it. */
export type NewsLease = { key: string; value: string }

/** @returns undefined: another has it. */
export async function takeNewsLease(db: Database, server: string): Promise<NewsLease | undefined> {
  const lease = { key: `news:${server}`, value: randomUUID() }
  const now = databaseNow(db)
  const until = { value: lease.value, expires_at: sql<number>`${now} + cast(${LEASE_MS} as bigint)` }
  const taken = await db
    .insertInto('expiring')
    .values({ key: lease.key, ...until })
    .onConflict((c) => c.column('key').doUpdateSet(until).where('expiring.expires_at', '<', now))
    .returning('key')
    .executeTakeFirst()
  return taken && lease
}

export async function endNewsLease(db: Database, { key, value }: NewsLease): Promise<void> {
  await db.deleteFrom('expiring').where('key', '=', key).where('value', '=', value).execute()
}
