import type { Database } from './connection.ts'
import { databaseNow } from './database-clock.ts'
import { isPostgres } from './engine.ts'
import { sql } from './kysely.ts'

// What Discord limits for one token, over all processes that use it.

/**
 * Takes the right to begin a session, which a bucket has once in a period. @returns 0: it is taken; otherwise after how
 * many milliseconds it is worth another try
 */
export async function takeIdentifySlot(db: Database, bucket: number, periodMs: number): Promise<number> {
  const now = databaseNow(db)
  const next = sql<number>`${now} + cast(${Math.ceil(periodMs)} as bigint)`
  const taken = await db
    .insertInto('identify_slots')
    .values({ bucket, next_at: next })
    .onConflict((c) => c.column('bucket').doUpdateSet({ next_at: next }).where('identify_slots.next_at', '<=', now))
    .returning('bucket')
    .executeTakeFirst()
  if (taken) {
    await countSession(db)
    return 0
  }
  const row = await db
    .selectFrom('identify_slots')
    .select(sql<number>`next_at - ${now}`.as('wait'))
    .where('bucket', '=', bucket)
    .limit(1)
    .executeTakeFirst()
  return Math.max(1, row?.wait ?? 1)
}

const countSession = (db: Database): Promise<unknown> =>
  db
    .insertInto('session_starts')
    .values({ id: 1, own: 1, remaining: null })
    .onConflict((c) => c.column('id').doUpdateSet({ own: sql<number>`session_starts.own + 1` }))
    .execute()

/** @param remaining sessions that Discord says are left. @returns how many of those that are gone since it was last asked these processes did not begin */
export async function countForeignSessions(db: Database, remaining: number): Promise<number> {
  return db.transaction().execute(async (t) => {
    await t
      .insertInto('session_starts')
      .values({ id: 1, own: 0, remaining })
      .onConflict((c) => c.doNothing())
      .execute()
    const before = await t
      .selectFrom('session_starts')
      .select(['own', 'remaining', 'own_then'])
      .limit(1)
      .$if(isPostgres(t), (query) => query.forUpdate())
      .executeTakeFirstOrThrow()
    await t.updateTable('session_starts').set({ remaining, own_then: before.own }).execute()
    return (before.remaining ?? remaining) - (before.own - before.own_then) - remaining
  })
}

/** `gapMs`: between two requests; `burst`: so many may go at once after a rest. */
type Rate = { gapMs: number; burst: number }

/**
 * Reserves moments for so many requests, one gap after the other. @returns how long the first has to wait, in
 * milliseconds; less than 0 where it could have gone before
 */
export async function reserveRequests(db: Database, requests: number, { gapMs, burst }: Rate): Promise<number> {
  const now = databaseNow(db)
  const real = sql.raw(isPostgres(db) ? 'double precision' : 'real')
  const greatest = sql.raw(isPostgres(db) ? 'greatest' : 'max')
  const earliest = sql`${now} - cast(${gapMs * burst} as ${real})`
  const reserved = sql`cast(${gapMs * requests} as ${real})`
  const { rows } = await sql<{ wait: number }>`
    insert into request_limit (id, next_at) values (1, ${earliest} + ${reserved})
    on conflict (id) do update set next_at = ${greatest}(request_limit.next_at, ${earliest}) + ${reserved}
    returning next_at - ${reserved} - ${now} as wait`.execute(db)
  return rows[0]?.wait ?? 0
}
