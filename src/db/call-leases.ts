import { batch } from './batch.ts'
import { keptUntil } from './calls.ts'
import type { Database } from './connection.ts'
import { databaseNow } from './database-clock.ts'
import { encryptionOf } from './encryption.ts'
import { isPostgres } from './engine.ts'
import { type NotNull, sql } from './kysely.ts'
import type { CallKind } from './schema-calls.ts'

/** `owner`: the process, by an id of its own. `leaseMs`: others may take its calls that long after it was last heard of. */
type Owner = { owner: string; leaseMs: number }

/**
 * A call that this process is to answer. `ageMs`: since it was committed. `lapses`: processes that had it before and were
 * heard of no more. `isBegun`: one gave it back unanswered. `isDelivered`: one had begun to send an answer.
 */
export type TakenCall = {
  id: string
  kind: CallKind
  server: string
  payload: string
  ageMs: number
  lapses: number
  isBegun: boolean
  isDelivered: boolean
}

type Taken = Owner & { limit: number; lapsed?: boolean }

/**
 * Takes those whose turn it is. One that another process has just taken is passed over, not waited for.
 * @param taken `lapsed`: also those of processes that were heard of no more
 */
export async function takeCalls(db: Database, { owner, leaseMs, limit, lapsed = true }: Taken): Promise<TakenCall[]> {
  const now = databaseNow(db)
  const unlocked = sql.raw(isPostgres(db) ? 'for update skip locked' : '')
  const next = sql`select id from calls where state = 'open' and not_before <= ${now} and lease_until < ${now}
    and expires_at > ${now} ${lapsed ? sql`` : sql`and lease_owner is null`} order by turn, at ${unlocked} limit ${limit}`
  const rows = await db
    .updateTable('calls')
    .set({
      lease_owner: owner,
      lease_until: leasedUntil(db, leaseMs),
      lapses: sql<number>`lapses + case when lease_owner is null then 0 else 1 end`,
    })
    .where(sql<boolean>`id in (${next})`)
    .where('payload', 'is not', null)
    .returning(['id', 'kind', 'server', 'payload', 'turn', 'lapses', 'begun', 'delivered'])
    .returning(sql<number>`${now} - at`.as('ageMs'))
    .$narrowType<{ payload: NotNull }>()
    .execute()
  const { decrypt } = encryptionOf(db)
  return rows
    .sort((a, b) => a.turn - b.turn)
    .map(({ id, kind, server, payload, ageMs, lapses, begun, delivered }) => ({
      ...{ id, kind, server, payload: decrypt(payload).toString(), ageMs, lapses },
      isBegun: begun === 1,
      isDelivered: delivered === 1,
    }))
}

const leasedUntil = (db: Database, leaseMs: number) => sql<number>`${databaseNow(db)} + cast(${leaseMs} as bigint)`

/** Says that a process lives. @returns the calls that it still has: others were taken from it */
export async function renewCalls(db: Database, { owner, leaseMs }: Owner): Promise<Set<string>> {
  const rows = await db
    .updateTable('calls')
    .set({ lease_until: leasedUntil(db, leaseMs) })
    .where('lease_owner', '=', owner)
    .where('state', '=', 'open')
    .returning('id')
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/**
 * To be asked right before an answer is sent. @returns false where another process has the call by now, or what was asked
 * about is gone
 */
export async function mayDeliver(db: Database, { id, owner }: { id: string; owner: string }): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('calls')
    .set({ delivered: 1 })
    .where('id', '=', id)
    .where('lease_owner', '=', owner)
    .where('cancelled', '=', 0)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

type Finished = { id: string; owner: string }
const batches = new WeakMap<Database, (finished: Finished) => Promise<boolean>>()

/** A call was answered: its payload goes. @returns whether what was asked about is gone by now */
export function finishCall(db: Database, finished: Finished): Promise<boolean> {
  const finish = batches.get(db) ?? batch<Finished, boolean>((all) => finishAll(db, all))
  batches.set(db, finish)
  return finish(finished)
}

async function finishAll(db: Database, finished: Finished[]): Promise<boolean[]> {
  const cancelled = new Set<string>()
  for (const [owner, calls] of Map.groupBy(finished, (call) => call.owner)) {
    const rows = await db
      .updateTable('calls')
      .set({ state: 'done', payload: null, lease_owner: null, lease_until: 0, expires_at: keptUntil(db) })
      .where('lease_owner', '=', owner)
      .where(
        'id',
        'in',
        calls.map(({ id }) => id),
      )
      .returning(['id', 'cancelled'])
      .execute()
    for (const row of rows) if (row.cancelled === 1) cancelled.add(row.id)
  }
  return finished.map(({ id }) => cancelled.has(id))
}

/** `ids`: undefined: all that it has. `afterMs`: when they may be taken again. */
type Released = { owner: string; ids?: readonly string[]; afterMs?: number }

/** Lets others have calls that a process will not answer. What was cancelled meanwhile is done. */
export async function releaseCalls(db: Database, { owner, ids, afterMs = 0 }: Released): Promise<void> {
  if (ids?.length === 0) return
  const held = db.updateTable('calls').where('lease_owner', '=', owner).where('state', '=', 'open')
  const meant = ids ? held.where('id', 'in', ids) : held
  const over = { lease_owner: null, lease_until: 0, begun: 1 }
  await meant
    .where('cancelled', '=', 1)
    .set({ ...over, state: 'done', payload: null, expires_at: keptUntil(db) })
    .execute()
  const notBefore = sql<number>`${databaseNow(db)} + cast(${afterMs} as bigint)`
  await meant.set({ ...over, ...(afterMs > 0 && { not_before: notBefore }) }).execute()
}

/** How many wait for an answer, and how long the first has waited. */
export async function readCallBacklog(db: Database): Promise<{ waiting: number; oldestMs: number }> {
  const now = databaseNow(db)
  return db
    .selectFrom('calls')
    .select(({ fn }) => fn.countAll<number>().as('waiting'))
    .select(sql<number>`coalesce(max(${now} - at), 0)`.as('oldestMs'))
    .where('state', '=', 'open')
    .where('lease_owner', 'is', null)
    .where('not_before', '<=', now)
    .executeTakeFirstOrThrow()
}
