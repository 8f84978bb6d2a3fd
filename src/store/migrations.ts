import { type Kysely, type Migration, sql } from 'kysely'

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

/** In order of name; never change one that has landed. */
export const migrations: Record<string, Migration> = { '001_first': first, '002_backbones': backbones }
