import type { Database } from './connection.ts'
import { databaseNow } from './database-clock.ts'
import { isPostgres } from './engine.ts'
import { sql } from './kysely.ts'
import type { ShardState } from './schema-shards.ts'

// Which gateway holds which shards. Whatever decides about it holds the row of the cluster, so that all decisions come one
// after the other, and everything goes by the clock of the database.

/** A gateway that was not heard of for so long is gone, and its shards are free. */
const LEASE_MS = 20_000

export type ShardSession = { shard: number; gateway: string; state: ShardState }
type LiveGateway = { id: string; isDraining: boolean; sinceMs: number }

export type ShardCluster = { shardCount: number; gateways: LiveGateway[]; sessions: ShardSession[] }

/** What a gateway does with shards. `drain`: others start them beside it; `resume`: nobody did, and it keeps them. */
export type ShardChanges = { take: number[]; drain: number[]; resume: number[] }

type Joining = {
  gateway: string
  application: string
  /** Of the configuration; undefined: as it was, or as many as Discord recommends if those are more. */
  wanted: number | undefined
  recommended: number
}
/** `running`: what the gateways agree about that are there already. */
type Joined = { shardCount: number } | { running: { application: string; shardCount: number } }

/** Enters a gateway. Those that are alone decide how many shards there are; others must agree. */
export async function joinCluster(db: Database, joining: Joining): Promise<Joined> {
  const { gateway, application, wanted, recommended } = joining
  return db.transaction().execute(async (t) => {
    const first = { id: 1, application, shard_count: wanted ?? recommended }
    await t
      .insertInto('shard_cluster')
      .values(first)
      .onConflict((c) => c.doNothing())
      .execute()
    const row = await lockCluster(t)
    const others = await deleteLapsed(t)
    const isSame = row.application === application && (wanted === undefined || wanted === row.shard_count)
    if (others > 0 && !isSame) return { running: { application: row.application, shardCount: row.shard_count } }
    const shardCount = others > 0 ? row.shard_count : (wanted ?? Math.max(row.shard_count, recommended))
    await t.updateTable('shard_cluster').set({ application, shard_count: shardCount }).execute()
    const now = databaseNow(t)
    await t
      .insertInto('gateways')
      .values({ id: gateway, joined_at: now, lease_until: leaseEnd(t) })
      .execute()
    return { shardCount }
  })
}

const leaseEnd = (db: Database) => sql<number>`${databaseNow(db)} + cast(${LEASE_MS} as bigint)`

const lockCluster = (t: Database) =>
  t
    .selectFrom('shard_cluster')
    .select(['application', 'shard_count'])
    .limit(1)
    .$if(isPostgres(t), (query) => query.forUpdate())
    .executeTakeFirstOrThrow()

/** @returns how many gateways are left */
async function deleteLapsed(t: Database): Promise<number> {
  await t.deleteFrom('gateways').where('lease_until', '<=', databaseNow(t)).execute()
  await t.deleteFrom('shard_sessions').where('lease_until', '<=', databaseNow(t)).execute()
  const { count } = await t
    .selectFrom('gateways')
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/**
 * Says that a gateway lives, and lets it decide about shards; what it takes, drains and resumes is so when this resolves.
 * A gateway that was taken for dead is entered again, without the shards that others took meanwhile.
 * @param decide sees only what lives. @returns what it decided, and what it saw
 */
export async function decideAboutShards(
  db: Database,
  gateway: string,
  decide: (cluster: ShardCluster) => ShardChanges,
): Promise<ShardCluster & ShardChanges> {
  return db.transaction().execute(async (t) => {
    const { shard_count: shardCount } = await lockCluster(t)
    const now = databaseNow(t)
    const renewed = { lease_until: leaseEnd(t) }
    await t
      .insertInto('gateways')
      .values({ id: gateway, joined_at: now, ...renewed })
      .onConflict((c) => c.column('id').doUpdateSet(renewed))
      .execute()
    await t.updateTable('shard_sessions').set(renewed).where('gateway', '=', gateway).execute()
    await deleteLapsed(t)
    const cluster = { shardCount, gateways: await listGateways(t), sessions: await listSessions(t) }
    const changes = decide(cluster)
    await write(t, gateway, changes)
    return { ...cluster, ...changes }
  })
}

async function listGateways(t: Database): Promise<LiveGateway[]> {
  const rows = await t
    .selectFrom('gateways')
    .select(['id', 'draining', sql<number>`${databaseNow(t)} - joined_at`.as('sinceMs')])
    .orderBy('id')
    .execute()
  return rows.map(({ id, draining, sinceMs }) => ({ id, isDraining: draining === 1, sinceMs }))
}

const listSessions = (db: Database): Promise<ShardSession[]> =>
  db.selectFrom('shard_sessions').select(['shard', 'gateway', 'state']).orderBy('shard').orderBy('gateway').execute()

async function write(t: Database, gateway: string, { take, drain, resume }: ShardChanges): Promise<void> {
  const own = t.updateTable('shard_sessions').where('gateway', '=', gateway)
  if (drain.length > 0) await own.set({ state: 'draining' }).where('shard', 'in', drain).execute()
  if (resume.length > 0) await own.set({ state: 'ready' }).where('shard', 'in', resume).execute()
  if (take.length === 0) return
  const times = { started_at: databaseNow(t), lease_until: leaseEnd(t) }
  const taken = take.map((shard) => ({ shard, gateway, state: 'starting' as const, ...times }))
  await t.insertInto('shard_sessions').values(taken).execute()
}

/** From now on a gateway takes no more shards. */
export async function startDraining(db: Database, gateway: string): Promise<void> {
  await db.updateTable('gateways').set({ draining: 1 }).where('id', '=', gateway).execute()
}

/** A session of a shard serves. @returns false where it was taken by another gateway meanwhile */
export async function shardIsReady(db: Database, gateway: string, shard: number): Promise<boolean> {
  const row = await db
    .updateTable('shard_sessions')
    .set({ state: 'ready' })
    .where('gateway', '=', gateway)
    .where('shard', '=', shard)
    .where('state', '=', 'starting')
    .returning('shard')
    .executeTakeFirst()
  return row !== undefined
}

/** A session of a shard has ended. */
export async function releaseShard(db: Database, gateway: string, shard: number): Promise<void> {
  await db.deleteFrom('shard_sessions').where('gateway', '=', gateway).where('shard', '=', shard).execute()
}

export async function leaveCluster(db: Database, gateway: string): Promise<void> {
  await db.deleteFrom('shard_sessions').where('gateway', '=', gateway).execute()
  await db.deleteFrom('gateways').where('id', '=', gateway).execute()
}

/** Notes whether the servers that a shard found agree with the database. */
export async function noteCheck(db: Database, shard: number, isPlausible: boolean): Promise<void> {
  await db
    .updateTable('shard_sessions')
    .set({ checked: Number(isPlausible) })
    .where('shard', '=', shard)
    .execute()
}

/** Whether every shard found its servers as the database has them: only then may what was left be deleted. */
export async function areAllShardsChecked(db: Database): Promise<boolean> {
  const { checked } = await db
    .selectFrom('shard_sessions')
    .select((e) => e.fn.count<number>('shard').distinct().as('checked'))
    .where('checked', '=', 1)
    .executeTakeFirstOrThrow()
  const cluster = await db.selectFrom('shard_cluster').select('shard_count').limit(1).executeTakeFirst()
  return cluster !== undefined && checked === cluster.shard_count
}
