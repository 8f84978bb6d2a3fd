import { type Kysely, type Migration, sql } from './kysely.ts'

// Migration 015: people and servers that the operator blocked, pictures that are kept out, and what a server may have.

export const operators: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  `create table blocks (kind text not null, id text not null, at text not null, by text not null,
    primary key (kind, id)) without rowid`,
  `create table blocked_pictures (id integer primary key autoincrement, pixel_hash blob not null unique,
    perceptual_hash text not null, at text not null, by text not null)`,
  'alter table servers add column max_pictures integer',
  'alter table servers add column max_labels integer',
  'alter table servers add column used_at text',
]
