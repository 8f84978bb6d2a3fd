import { type Kysely, type Migration, sql } from './kysely.ts'

// Migration 017: what is looked at in large numbers: small pictures, as what each example is recognized, and its history.

export const gallery: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

const STATEMENTS = [
  'alter table surveys add column answers blob',
  'alter table surveys add column answer_labels text',
  // The changes of one example, and of everything of a teacher. The log is JSON, but for what other programs may have written.
  `create index audit_example on audit (json_extract(detail, '$.example'), id)
    where json_valid(detail) and json_extract(detail, '$.example') is not null`,
  `create index audit_teacher on audit (dataset, json_extract(detail, '$.teacher'))
    where action in ('excluded', 'restored') and json_valid(detail)`,
  `create table thumbnails (picture integer primary key references pictures on delete cascade,
    dataset integer not null references datasets on delete cascade, bytes blob not null)`,
  // What they take, without reading them.
  'create index thumbnails_size on thumbnails (dataset, length(bytes))',
]
