import { type Kysely, type Migration, sql } from './kysely.ts'

// Migration 016: whoever shows a dataset sees from one number whether anything about it has changed.

export const revisions: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  },
}

/** One counter for all datasets: what changed since a number is then found in an index, whichever datasets are deleted. */
const raise = (where: string): string =>
  `update revision_counter set value = value + 1;
   update datasets set revision = (select max(value) from revision_counter) where ${where};`

type Change = { name: string; on: string; when?: string; where: string }

/** Kept by the database itself, whatever writes to it. */
const trigger = ({ name, on, when, where }: Change): string =>
  `create trigger ${name} after ${on} ${when === undefined ? '' : `when ${when}`} begin ${raise(where)} end`

// Almost every change has a row in the audit log in its transaction; the others are those of forgetting, and of sweeps.
const CHANGES: Change[] = [
  {
    name: 'revision_change',
    on: 'insert on audit',
    when: 'new.dataset is not null',
    where: 'id = new.dataset',
  },
  // Settings, and what else concerns a whole server.
  { name: 'revision_server', on: 'insert on audit', when: 'new.dataset is null', where: 'server = new.server' },
  {
    name: 'revision_anonymous',
    on: 'update of by, detail on audit',
    when: 'new.dataset is not null',
    where: 'id = new.dataset',
  },
  {
    name: 'revision_example',
    on: 'delete on examples',
    where: 'id = (select dataset from labels where id = old.label)',
  },
  { name: 'revision_label', on: 'delete on labels', where: 'id = old.dataset' },
  { name: 'revision_vote', on: 'insert on reviews', when: `new.state = 'waiting'`, where: 'id = new.dataset' },
  { name: 'revision_no_vote', on: 'delete on reviews', when: `old.state = 'waiting'`, where: 'id = old.dataset' },
  { name: 'revision_reviewer', on: 'update of by on reviews', where: 'id = new.dataset' },
  { name: 'revision_feedback', on: 'delete on feedback', where: 'id = old.dataset' },
  { name: 'revision_version', on: 'delete on versions', where: 'id = old.dataset' },
  { name: 'revision_survey', on: 'update of summary on surveys', where: 'id = new.dataset' },
]

const STATEMENTS = [
  'alter table datasets add column revision integer not null default 0',
  'create index datasets_revision on datasets (revision)',
  'create table revision_counter (value integer not null)',
  'insert into revision_counter values (0)',
  ...CHANGES.map(trigger),
]
