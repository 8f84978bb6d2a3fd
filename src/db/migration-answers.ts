import { type Kysely, type Migration, sql } from './kysely.ts'

// Migration 012: an answer goes with its post, people whose posts are left alone, and pictures from age-restricted channels.

export const answers: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `alter table messages add column answer text`,
  `alter table examples add column age_restricted integer not null default 0`,
  `create table ignored (server text not null, person text not null, at text not null, primary key (server, person))
    without rowid`,
  `create index ignored_person on ignored (person)`,
]
