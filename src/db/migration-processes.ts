import { columnTypes } from './column-types.ts'
import { type Kysely, type Migration, sql } from './kysely.ts'

// Migration 024: which processes of Mekiki there are.

export const processes: Migration = {
  async up(db: Kysely<unknown>) {
    const { ms } = columnTypes(db)
    await sql
      .raw(`create table processes (id text primary key, role text not null, host text not null, pid integer not null,
        version text not null, started_at ${ms} not null, seen_at ${ms} not null, clock_ms ${ms} not null,
        shards text not null, load text not null)`)
      .execute(db)
  },
}
