import { type Kysely, type Migration, sql } from './kysely.ts'
import { answers } from './migration-answers.ts'
import { calls } from './migration-calls.ts'
import { compatibleNames } from './migration-compatible-names.ts'
import { fastReads } from './migration-fast-reads.ts'
import { forgettingByDataset } from './migration-forgetting.ts'
import { formats } from './migration-formats.ts'
import { gallery } from './migration-gallery.ts'
import { idsThatStay } from './migration-ids.ts'
import { labelIds } from './migration-labels.ts'
import type { MigrationName } from './migration-names.ts'
import { objects } from './migration-objects.ts'
import { operators } from './migration-operators.ts'
import { processes } from './migration-processes.ts'
import { revisions } from './migration-revisions.ts'
import { shards } from './migration-shards.ts'
import { trainings } from './migration-trainings.ts'
import { undo } from './migration-undo.ts'
import { versionOrigins } from './migration-version-origins.ts'
import { visibleNames } from './migration-visible-names.ts'
import { webSessions } from './migration-web-sessions.ts'

const first: Migration = {
  async up(db: Kysely<unknown>) {
    for (const table of TABLES) await sql.raw(table).execute(db)
  },
}

const TABLES = [
  `create table datasets (id integer primary key, name text not null unique, version integer)`,
  `create table labels (id integer primary key, dataset integer not null references datasets on delete cascade,
    name text not null, key text not null, unique (dataset, key))`,
  `create table pictures (id integer primary key, dataset integer not null references datasets on delete cascade,
    pixel_hash blob not null, file_hash blob not null, perceptual_hash text not null, copy blob not null,
    unique (dataset, pixel_hash))`,
  `create index pictures_file on pictures (dataset, file_hash)`,
  `create table features (picture integer not null references pictures on delete cascade, backbone text not null,
    vector blob not null, primary key (picture, backbone)) without rowid`,
  `create table examples (id integer primary key, picture integer not null references pictures on delete cascade,
    label integer not null references labels on delete cascade, file text not null, filed_at text not null,
    filed_by text not null, unique (picture, label))`,
  `create index examples_label on examples (label)`,
  `create table versions (id integer primary key, dataset integer not null references datasets on delete cascade,
    number integer not null, made_at text not null, backbone text not null, measurement text not null,
    classifier text not null, unique (dataset, number))`,
]

const backbones: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table backbones (id text primary key, file text not null, input text not null, output text)`.execute(
      db,
    )
    await sql`alter table datasets add column backbone text not null default 'mobilenet-v2-mid-b13@1'`.execute(db)
  },
}

const servers: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of SERVERS) await sql.raw(statement).execute(db)
  },
}

// SQLite changes a unique constraint by making the table anew; foreign keys are off while migrations run.
const SERVERS = [
  `create table datasets_new (id integer primary key, server text not null default '', name text not null,
    version integer, backbone text not null, unique (server, name))`,
  `insert into datasets_new (id, name, version, backbone) select id, name, version, backbone from datasets`,
  `drop table datasets`,
  `alter table datasets_new rename to datasets`,
  `alter table examples add column state text not null default 'kept'`,
  `create table servers (id text primary key, settings text not null, joined_at text not null, left_at text)`,
  `create table audit (id integer primary key, at text not null, server text not null,
    dataset integer references datasets on delete set null, by text not null, action text not null, detail text not null)`,
  `create index audit_server on audit (server, id)`,
  `create table feedback (id integer primary key, dataset integer not null references datasets on delete cascade,
    prediction text not null, version integer not null, said text, right integer not null, truth text, by text not null,
    at text not null, unique (dataset, prediction))`,
  `create table expiring (key text primary key, value text not null, expires_at integer)`,
  `create table messages (id text primary key, server text not null, channel text not null, work text, at integer not null)`,
]

const priors: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table backbones add column prior text`.execute(db)
  },
}

const review: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of REVIEW) await sql.raw(statement).execute(db)
  },
}

const REVIEW = [
  `alter table examples add column vouched integer not null default 0`,
  `alter table pictures add column width integer`,
  `alter table pictures add column height integer`,
  `alter table pictures add column contrast real`,
  `create table surveys (dataset integer primary key references datasets on delete cascade, scores blob not null,
    summary text not null)`,
  `create table suspicions (example integer primary key references examples on delete cascade, score real not null,
    suggested text, reasons text not null, left_out integer not null)`,
  `create table reviews (id integer primary key, dataset integer not null references datasets on delete cascade,
    example integer not null, by text not null, decision text not null, label text, at text not null, state text not null,
    before text)`,
  `create index reviews_example on reviews (example, state)`,
  `create table claims (example integer primary key references examples on delete cascade, by text not null,
    until integer not null)`,
]

/** In order of name; never change one that has landed, nor add one before it: there is no 009, and databases have 010. */
export const migrations: Record<MigrationName, Migration> = {
  '001_first': first,
  '002_backbones': backbones,
  '003_servers': servers,
  '004_priors': priors,
  '005_review': review,
  '006_ids': idsThatStay,
  '007_label_ids': labelIds,
  '008_forgetting': forgettingByDataset,
  '010_fast_reads': fastReads,
  '011_visible_names': visibleNames,
  '012_answers': answers,
  '013_undo': undo,
  '014_compatible_names': compatibleNames,
  '015_operators': operators,
  '016_revisions': revisions,
  '017_gallery': gallery,
  '018_web_sessions': webSessions,
  '019_version_origins': versionOrigins,
  '020_formats': formats,
  '021_objects': objects,
  '022_calls': calls,
  '023_shards': shards,
  '024_processes': processes,
  '025_trainings': trainings,
}
