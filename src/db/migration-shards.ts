import { columnTypes } from './column-types.ts'
import { type Kysely, type Migration, sql } from './kysely.ts'

// Migration 023: which gateway holds which shards, and what all processes of one token share of Discord's limits.

export const shards: Migration = {
  async up(db: Kysely<unknown>) {
    const { ms, real } = columnTypes(db)
    const statements = [
      `create table shard_cluster (id integer primary key, application text not null, shard_count integer not null)`,
      `create table gateways (id text primary key, joined_at ${ms} not null, lease_until ${ms} not null,
        draining integer not null default 0)`,
      `create table shard_sessions (shard integer not null, gateway text not null, state text not null,
        lease_until ${ms} not null, started_at ${ms} not null, checked integer, primary key (shard, gateway))`,
      // Those that are handed over have another session beside them.
      `create unique index shard_sessions_held on shard_sessions (shard) where state <> 'draining'`,
      `create table identify_slots (bucket integer primary key, next_at ${ms} not null)`,
      `create table session_starts (id integer primary key, own integer not null, remaining integer,
        own_then integer not null default 0)`,
      `create table request_limit (id integer primary key, next_at ${real} not null)`,
    ]
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
