import { type Kysely, type Migration, sql } from './kysely.ts'

// Migration 013: deleted and merged labels can be brought back for a while, and decisions that were made together undone together.

export const undo: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  'alter table labels add column deleted_at text',
  'alter table labels add column deletion text',
  'create index labels_deleted_at on labels (deleted_at) where deleted_at is not null',
  'alter table examples add column state_before text',
  `create table merged_examples (label integer not null references labels on delete cascade,
    example integer not null references examples on delete cascade,
    before_label integer not null, before_state text not null, before_vouched integer not null,
    after_label integer not null, after_state text not null, after_vouched integer not null,
    primary key (label, example)) without rowid`,
  'create index merged_examples_example on merged_examples (example)',
  'alter table reviews add column batch text',
  'create index reviews_batch on reviews (batch) where batch is not null',
]
