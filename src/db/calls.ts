import { batch } from './batch.ts'
import { chunks } from './chunks.ts'
import type { Database } from './connection.ts'
import { databaseNow } from './database-clock.ts'
import { encryptionOf } from './encryption.ts'
import { sql } from './kysely.ts'
import type { CallKind } from './schema-calls.ts'

/** How long the id of a call is kept that nothing more is done for: what comes twice comes within seconds. */
const ID_KEPT_MS = 10 * 60_000

/** `server`: of a direct message the person. */
type Claim = { id: string; kind: CallKind; server: string }

/** `waitMs`: not before its turn; `ttlMs`: how long an answer still helps. */
export type CallToCommit = Claim & { payload: string; waitMs: number; ttlMs: number }
/** With its payload encrypted: it holds tokens and addresses. */
export type SealedCall = Omit<CallToCommit, 'payload'> & { payload: Buffer }

export const sealCall = (db: Database, call: CallToCommit): SealedCall => ({
  ...call,
  payload: encryptionOf(db).encrypt(Buffer.from(call.payload)),
})

/** Until when the id of a call is kept. */
export const keptUntil = (db: Database) => sql<number>`${databaseNow(db)} + cast(${ID_KEPT_MS} as bigint)`

type CallBatches = { claim(call: Claim): Promise<boolean>; commit(call: SealedCall): Promise<boolean> }
const batches = new WeakMap<Database, CallBatches>()

/** Hundreds may come at once, and each is on disk before it is acknowledged: they share their commits. */
function batchesOf(db: Database): CallBatches {
  const made = batches.get(db) ?? {
    claim: batch<Claim, boolean>((claims) => claimAll(db, claims)),
    commit: batch<SealedCall, boolean>(async (calls) => {
      const committed = await commitCalls(db, calls)
      return calls.map(({ id }) => committed.delete(id))
    }),
  }
  batches.set(db, made)
  return made
}

/** Claims an interaction, so that of several that received it one answers. @returns false where another has it */
export const claimCall = (db: Database, claim: Claim): Promise<boolean> => batchesOf(db).claim(claim)

/** Leaves a call to whichever process answers calls. @returns false where that was done before */
export const commitCall = (db: Database, call: CallToCommit): Promise<boolean> =>
  batchesOf(db).commit(sealCall(db, call))

/** One statement can neither add nor change the same row twice. */
const uniqueById = <T extends { id: string }>(all: readonly T[]): T[] => [
  ...new Map(all.map((one) => [one.id, one])).values(),
]

/** In one order, so that no two processes with the same ones wait for each other. */
const byId = (one: { id: string }, other: { id: string }): number => (one.id < other.id ? -1 : 1)

async function claimAll(db: Database, claims: Claim[]): Promise<boolean[]> {
  const now = databaseNow(db)
  const rows = uniqueById(claims).map((claim) => ({
    ...claim,
    ...{ state: 'claimed' as const, at: now, not_before: now, expires_at: keptUntil(db) },
  }))
  const query = db
    .insertInto('calls')
    .values(rows.toSorted(byId))
    .onConflict((conflict) => conflict.column('id').doNothing())
  const added = new Set((await query.returning('id').execute()).map(({ id }) => id))
  // The same one twice in one batch: the first has it.
  return claims.map(({ id }) => added.delete(id))
}

/**
 * The same for many at once, also within a transaction. Start-time fair queueing: a call comes after the last one of its
 * server, and not before those whose turn it is now; so that a server with a thousand holds up nobody. Two processes that
 * commit at the same time may give the same turn: then the older call comes first.
 * @returns the ids of those that were not committed before
 */
export async function commitCalls(db: Database, calls: readonly SealedCall[]): Promise<Set<string>> {
  const committed = new Set<string>()
  for (const some of chunks(uniqueById(calls))) for (const id of await commitSome(db, some)) committed.add(id)
  return committed
}

async function commitSome(db: Database, calls: readonly SealedCall[]): Promise<string[]> {
  const now = databaseNow(db)
  const { last, before } = await readTurns(db, [...new Set(calls.map(({ server }) => server))])
  const rows = calls.map(({ id, kind, server, payload, waitMs, ttlMs }) => {
    const turn = Math.max(last.get(server) ?? 0, before) + 1
    last.set(server, turn)
    return {
      ...{ id, kind, server, state: 'open' as const, payload, turn, at: now },
      not_before: sql<number>`${now} + cast(${Math.ceil(waitMs)} as bigint)`,
      expires_at: sql<number>`${now} + cast(${ttlMs} as bigint)`,
    }
  })
  const committed = await db
    .insertInto('calls')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((e) => ({
          state: e.ref('excluded.state'),
          payload: e.ref('excluded.payload'),
          turn: e.ref('excluded.turn'),
          at: e.ref('excluded.at'),
          not_before: e.ref('excluded.not_before'),
          expires_at: e.ref('excluded.expires_at'),
        }))
        .where('calls.state', '=', 'claimed'),
    )
    .returning('id')
    .execute()
  return committed.map(({ id }) => id)
}

/**
 * `last`: the turn of each server's last call. `before`: the turn before the one that it is; where none waits, that of the
 * latest call that is being answered.
 */
async function readTurns(db: Database, servers: readonly string[]) {
  const open = db.selectFrom('calls').where('state', '=', 'open')
  const [turns, rows] = await Promise.all([
    open
      .select(({ fn }) => fn.max('turn').as('latest'))
      .select((e) =>
        e
          .selectFrom('calls as waiting')
          .select(({ fn }) => fn.min('waiting.turn').as('first'))
          .where('waiting.state', '=', 'open')
          .where('waiting.lease_owner', 'is', null)
          .as('first'),
      )
      .executeTakeFirst(),
    open
      .select(['server', ({ fn }) => fn.max('turn').as('turn')])
      .where('server', 'in', servers)
      .groupBy('server')
      .execute(),
  ])
  const first = turns?.first ?? undefined
  return {
    last: new Map(rows.map(({ server, turn }) => [server, turn])),
    before: first === undefined ? (turns?.latest ?? 0) : first - 1,
  }
}

/** What was asked is gone, or the person was told otherwise: an answer that is not begun is not begun anymore, nor is any sent. */
export async function cancelCalls(db: Database, ids: readonly string[]): Promise<void> {
  const changed = db.updateTable('calls').where('state', '=', 'open').where('cancelled', '=', 0)
  for (const some of chunks(ids)) {
    const waiting = changed.where('id', 'in', some).where('lease_owner', 'is', null)
    await waiting.set({ cancelled: 1, state: 'done', payload: null, expires_at: keptUntil(db) }).execute()
    await changed.where('id', 'in', some).set({ cancelled: 1 }).execute()
  }
}

/** Deletes rows that nothing is done for anymore, and payloads with them. */
export async function sweepCalls(db: Database): Promise<void> {
  await db
    .deleteFrom('calls')
    .where('expires_at', '<', databaseNow(db))
    .where('lease_until', '<', databaseNow(db))
    .execute()
}
