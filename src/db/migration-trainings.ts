import { columnTypes } from './column-types.ts'
import { isPostgres } from './engine.ts'
import { type Kysely, type Migration, sql } from './kysely.ts'

// Migration 025: trainings on several machines, and what one process does for all. On SQLite these tables stay empty but for leases.

export const trainings: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [...tables(db), ...(isPostgres(db) ? TRIGGER : [])]
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}

function tables(db: Kysely<unknown>): string[] {
  const { ms, bytes } = columnTypes(db)
  // What they hold is worth an hour: on PostgreSQL it is in no log of the server, nor in its replicas or base backups.
  const unlogged = isPostgres(db) ? 'unlogged' : ''
  return [
    `create table leases (name text primary key, holder text not null, until ${ms} not null)`,
    `create table trainings (dataset ${ms} primary key references datasets on delete cascade, job text not null,
      attempt integer not null, mark ${ms})`,
    `create table due (dataset ${ms} primary key references datasets on delete cascade, changed_at ${ms} not null,
      looked_at ${ms}, at ${ms}, held_until ${ms})`,
    'create index due_changed on due (changed_at) where looked_at is null',
    'create index due_at on due (at) where at is not null',
    `create ${unlogged} table recent_features (id text primary key, bytes ${bytes} not null, at ${ms} not null)`,
    'create index recent_features_at on recent_features (at)',
  ]
}

// What changes examples, as example-changes.ts had it then.
const ACTIONS = `'filed', 'unfiled', 'moved', 'excluded', 'restored', 'reviewed', 'review undone', 'forgotten', 'label renamed',
  'labels merged', 'label deleted', 'label restored', 'dataset copied', 'backbone changed'`

// In the transaction that changes examples: whatever ends the process, what is due is there if the change is. A change
// of settings asks for another look at the server's datasets.
const TRIGGER = [
  `create function note_due() returns trigger language plpgsql as $$
    declare now_ms bigint := extract(epoch from clock_timestamp()) * 1000;
    begin
      insert into due (dataset, changed_at) select distinct added.dataset, now_ms from added
          where added.dataset is not null and added.action in (${ACTIONS})
          order by added.dataset
        on conflict (dataset) do update set changed_at = excluded.changed_at, looked_at = null;
      update due set changed_at = now_ms, looked_at = null where dataset in (select datasets.id from datasets
        join added on added.server = datasets.server and added.action = 'settings changed');
      return null;
    end $$`,
  `create trigger audit_due after insert on audit referencing new table as added
    for each statement execute function note_due()`,
  'insert into due (dataset, changed_at) select id, 0 from datasets',
]
