import { type Kysely, type Migration, sql } from './kysely.ts'

// Migration 018: who is logged in to the page.

export const webSessions: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `create table web_sessions (id integer primary key autoincrement, hash blob not null unique, person text not null,
    name text not null, kind text not null, at integer not null, expires_at integer not null)`,
  'create index web_sessions_person on web_sessions (person)',
  'create index web_sessions_expiry on web_sessions (expires_at)',
]
