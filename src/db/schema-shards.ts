// Gateways, and what is shared of the limits of one token; schema.ts has the rules. Times are of the database's clock.

import type { Generated } from './kysely.ts'

/** One row, of `id` 1: what all gateways agree about. */
type ShardClusterTable = {
  id: number
  /** Discord's id of the application. */
  application: string
  shard_count: number
}

/** A row lives as long as its gateway renews it. */
type GatewayTable = {
  /** Random, of this start. */
  id: string
  joined_at: number
  lease_until: number
  /** 1: it hands its shards over and takes none. */
  draining: Generated<number>
}

/** A connection of one shard. While it is handed over there are two: one that is draining, and its successor. */
type ShardSessionTable = {
  shard: number
  gateway: string
  state: ShardState
  lease_until: number
  started_at: number
  /** Whether its servers agree with the database: 0 or 1; null: not looked at yet. */
  checked: number | null
}
export type ShardState = 'starting' | 'ready' | 'draining'

/** When a session of a bucket may begin next. */
type IdentifySlotTable = { bucket: number; next_at: number }

/** One row, of `id` 1. `own`: sessions that these processes began; `remaining`, `own_then`: what Discord said was left, and `own` at that time. */
type SessionStartTable = { id: number; own: number; remaining: number | null; own_then: Generated<number> }

/** One row, of `id` 1. `next_at`: milliseconds with a fraction. */
type RequestLimitTable = { id: number; next_at: number }

export type ShardTables = {
  shard_cluster: ShardClusterTable
  gateways: GatewayTable
  shard_sessions: ShardSessionTable
  identify_slots: IdentifySlotTable
  session_starts: SessionStartTable
  request_limit: RequestLimitTable
}
