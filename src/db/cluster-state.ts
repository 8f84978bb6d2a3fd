import { readCallBacklog } from './call-leases.ts'
import type { Database } from './connection.ts'
import { databaseNow } from './database-clock.ts'
import { sql } from './kysely.ts'

/** Shards that are read: more than any bot has. */
const MAX_SHARDS = 10_000

/** What processes share. `shards`: how many there are, and those that serve or begin to; null: no gateway has said yet. */
export type ClusterState = {
  calls: { waiting: number; oldestMs: number }
  /** Those that run, and datasets whose turn has come. */
  trainings: { running: number; waiting: number }
  shards: { of: number; held: number[] } | null
}

export async function readClusterState(db: Database): Promise<ClusterState> {
  const [calls, trainings, shards] = await Promise.all([readCallBacklog(db), readTrainings(db), readShards(db)])
  return { calls, trainings, shards }
}

async function readTrainings(db: Database): Promise<ClusterState['trainings']> {
  const [running, due] = await Promise.all([
    db
      .selectFrom('trainings')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('due')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('at', '<=', databaseNow(db))
      .executeTakeFirstOrThrow(),
  ])
  return { running: running.count, waiting: due.count }
}

async function readShards(db: Database): Promise<ClusterState['shards']> {
  const cluster = await db.selectFrom('shard_cluster').select('shard_count').limit(1).executeTakeFirst()
  if (!cluster) return null
  const held = await db
    .selectFrom('shard_sessions')
    .select('shard')
    .distinct()
    .where('lease_until', '>', sql<number>`${databaseNow(db)}`)
    .orderBy('shard')
    .limit(MAX_SHARDS)
    .execute()
  return { of: cluster.shard_count, held: held.map(({ shard }) => shard) }
}
