import { columnTypes } from './column-types.ts'
import { type Kysely, type Migration, sql } from './kysely.ts'

// Migration 022: calls of people that any process may answer. Where one process does everything the table stays empty.

export const calls: Migration = {
  async up(db: Kysely<unknown>) {
    const { bytes, ms } = columnTypes(db)
    const statements = [
      `create table calls (id text primary key, kind text not null, server text not null, state text not null,
        payload ${bytes}, turn ${ms} not null default 0, at ${ms} not null, not_before ${ms} not null,
        expires_at ${ms} not null, lease_owner text, lease_until ${ms} not null default 0,
        lapses integer not null default 0, cancelled integer not null default 0, delivered integer not null default 0,
        begun integer not null default 0)`,
      `create index calls_turn on calls (turn, at) where state = 'open'`,
      `create index calls_server on calls (server, turn) where state = 'open'`,
      `create index calls_owner on calls (lease_owner) where lease_owner is not null`,
      `create index calls_expiring on calls (expires_at)`,
    ]
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
