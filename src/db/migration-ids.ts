import { type Kysely, type Migration, sql } from './kysely.ts'

// Migration 006: ids are never given twice, what belongs to an example goes with it, and what later programs must know.

/** The oldest schema whose programs may read and write this one. A later migration that only adds leaves it as it is. */
const OLDEST_READER = 6

export const idsThatStay: Migration = {
  async up(db: Kysely<unknown>) {
    const run = (statement: string) => sql.raw(statement).execute(db)
    const used = await readUsedIds(db)
    for (const statement of ORPHANS) await run(statement)
    for (const table of TABLES) await rebuild(run, table)
    for (const [table, last] of used) await keepFromReuse(db, table, last)
    for (const statement of ADDED) await run(statement)
    await run(`pragma user_version = ${OLDEST_READER}`)
  },
}

/** `columns` and `constraints` as they are now; ids come first. */
type Table = { name: string; columns: string; constraints: string; copied: string; kept?: string; indexes: string[] }

const TABLES: Table[] = [
  {
    name: 'datasets',
    columns: `server text not null default '', name text not null, version integer, backbone text not null`,
    constraints: ', unique (server, name)',
    copied: 'server, name, version, backbone',
    indexes: [],
  },
  {
    name: 'labels',
    columns: 'dataset integer not null references datasets on delete cascade, name text not null, key text not null',
    constraints: ', unique (dataset, key)',
    copied: 'dataset, name, key',
    indexes: [],
  },
  {
    name: 'pictures',
    columns: `dataset integer not null references datasets on delete cascade, pixel_hash blob not null,
      file_hash blob not null, perceptual_hash text not null, copy blob not null, width integer, height integer, contrast real`,
    constraints: ', unique (dataset, pixel_hash)',
    copied: 'dataset, pixel_hash, file_hash, perceptual_hash, copy, width, height, contrast',
    indexes: ['create index pictures_file on pictures (dataset, file_hash)'],
  },
  {
    name: 'examples',
    columns: `picture integer not null references pictures on delete cascade,
      label integer not null references labels on delete cascade, file text not null, filed_at text not null,
      filed_by text not null, state text not null default 'kept', vouched integer not null default 0`,
    constraints: ', unique (picture, label)',
    copied: 'picture, label, file, filed_at, filed_by, state, vouched',
    indexes: [
      'create index examples_label on examples (label, state)',
      'create index examples_filed_by on examples (filed_by)',
    ],
  },
  {
    name: 'versions',
    columns: `dataset integer not null references datasets on delete cascade, number integer not null,
      made_at text not null, backbone text not null, measurement text not null, classifier text not null`,
    constraints: ', unique (dataset, number)',
    copied: 'dataset, number, made_at, backbone, measurement, classifier',
    indexes: [],
  },
  {
    name: 'reviews',
    columns: `dataset integer not null references datasets on delete cascade,
      example integer not null references examples on delete cascade, by text not null, decision text not null,
      label text, at text not null, state text not null, before text`,
    constraints: '',
    copied: 'dataset, example, by, decision, label, at, state, before',
    kept: 'example in (select id from examples)',
    indexes: [
      'create index reviews_example on reviews (example, state)',
      'create index reviews_by on reviews (dataset, by, id)',
    ],
  },
  {
    name: 'audit',
    columns: `at text not null, server text not null, dataset integer references datasets on delete set null,
      by text not null, action text not null, detail text not null`,
    constraints: '',
    copied: 'at, server, dataset, by, action, detail',
    indexes: [
      'create index audit_server on audit (server, id)',
      'create index audit_at on audit (at)',
      // Deleting a dataset looks for its rows.
      'create index audit_dataset on audit (dataset)',
    ],
  },
  {
    name: 'feedback',
    columns: `dataset integer not null references datasets on delete cascade, prediction text not null,
      version integer not null, said text, right integer not null, truth text, by text not null, at text not null`,
    constraints: ', unique (dataset, prediction)',
    copied: 'dataset, prediction, version, said, right, truth, by, at',
    indexes: ['create index feedback_by on feedback (by)'],
  },
]

/** Rows whose owner is gone: a program that has foreign keys off can leave some, and nothing ever reads them. */
const ORPHANS = [
  'delete from labels where dataset not in (select id from datasets)',
  'delete from pictures where dataset not in (select id from datasets)',
  'delete from versions where dataset not in (select id from datasets)',
  'delete from surveys where dataset not in (select id from datasets)',
  'delete from feedback where dataset not in (select id from datasets)',
  'delete from reviews where dataset not in (select id from datasets)',
  'update audit set dataset = null where dataset not in (select id from datasets)',
  'delete from features where picture not in (select id from pictures)',
  'delete from examples where picture not in (select id from pictures) or label not in (select id from labels)',
  'delete from suspicions where example not in (select id from examples)',
  'delete from claims where example not in (select id from examples)',
]

const DETAIL = `(select case when json_valid(detail) then detail else '{}' end as detail from audit)`
const CHOICES = `(select case when json_valid(value) then value else '{}' end as value from expiring where key like 'deed:%')`

/** Where ids of rows that are gone may still be written. */
const USED_IDS: [table: string, query: string][] = [
  ['examples', 'select max(example) as id from reviews'],
  ['examples', `select max(cast(json_extract(detail, '$.example') as integer)) as id from ${DETAIL}`],
  [
    'examples',
    `select max(cast(e.value as integer)) as id from ${DETAIL} d, json_each(d.detail, '$.examples') e
      where json_type(d.detail, '$.examples') = 'array'`,
  ],
  [
    'examples',
    `select max(e.value) as id from ${CHOICES} c, json_tree(c.value, '$.value.options') e
      where e.type = 'integer' and (e.fullkey like '%.example%' or e.fullkey like '%.id%')`,
  ],
  ['pictures', `select max(cast(json_extract(detail, '$.picture') as integer)) as id from ${DETAIL}`],
  [
    'datasets',
    `select max(cast(substr(key, length('due:') + 1) as integer)) as id from expiring where key like 'due:%'`,
  ],
]

async function readUsedIds(db: Kysely<unknown>): Promise<[table: string, last: number][]> {
  const used: [string, number][] = [['examples', await lastScored(db)]]
  for (const [table, query] of USED_IDS) {
    const { rows } = await sql.raw<{ id: number | null }>(query).execute(db)
    used.push([table, rows[0]?.id ?? 0])
  }
  return used
}

const SCORED_BYTES = 8

/** The largest id of an example in what trainings found out: each is a uint32 before its score. */
async function lastScored(db: Kysely<unknown>): Promise<number> {
  const { rows } = await sql<{ scores: Buffer }>`select scores from surveys`.execute(db)
  let last = 0
  for (const { scores } of rows)
    for (let at = 0; at + SCORED_BYTES <= scores.length; at += SCORED_BYTES)
      last = Math.max(last, scores.readUInt32LE(at))
  return last
}

/** Makes a table anew with ids that are never given twice. Foreign keys are off meanwhile. */
async function rebuild(run: (statement: string) => Promise<unknown>, table: Table): Promise<void> {
  const { name, columns, constraints, copied, kept, indexes } = table
  await run(`create table ${name}_new (id integer primary key autoincrement, ${columns}${constraints})`)
  const where = kept === undefined ? '' : ` where ${kept}`
  await run(`insert into ${name}_new (id, ${copied}) select id, ${copied} from ${name}${where} order by id`)
  await run(`drop table ${name}`)
  await run(`alter table ${name}_new rename to ${name}`)
  for (const index of indexes) await run(index)
}

/** Ids of a table go on after `last`, also where all rows up to it are gone. */
async function keepFromReuse(db: Kysely<unknown>, table: string, last: number): Promise<void> {
  const { rows } = await sql<{ seq: number }>`select seq from sqlite_sequence where name = ${table}`.execute(db)
  if (rows.length === 0) await sql`insert into sqlite_sequence (name, seq) values (${table}, ${last})`.execute(db)
  else await sql`update sqlite_sequence set seq = max(seq, ${last}) where name = ${table}`.execute(db)
}

/** Marks an encrypted copy, as encryption.ts writes it; the key's id follows in four bytes. */
const MARK = `x'4d4b5331'`
const keyOf = (copy: string): string => `lower(hex(substr(${copy}, 5, 4)))`
const isEncrypted = (copy: string): string => `substr(${copy}, 1, 4) = ${MARK}`
const rememberKey = `begin insert or ignore into data_keys values (${keyOf('new.copy')}); end`

const ADDED = [
  // What sweeps and starts look for.
  'create index expiring_expires_at on expiring (expires_at)',
  'create index messages_at on messages (at)',
  'create index messages_unfinished on messages (at) where work is not null',
  'create index servers_left_at on servers (left_at)',
  // Which keys it takes to read the pictures: kept by the database itself, whatever writes a picture.
  'create table data_keys (id text primary key) without rowid',
  `insert into data_keys select distinct ${keyOf('copy')} from pictures where ${isEncrypted('copy')}`,
  `create trigger pictures_key after insert on pictures when ${isEncrypted('new.copy')} ${rememberKey}`,
  `create trigger pictures_new_key after update of copy on pictures when ${isEncrypted('new.copy')} ${rememberKey}`,
  `create table forgettings (id integer primary key autoincrement, at text not null, server text not null,
    salt blob not null, person blob, pixel_hash blob)`,
  'alter table backbones add column files text',
  `create table backbone_files (backbone text not null references backbones on delete cascade, file integer not null,
    part integer not null, bytes blob not null, primary key (backbone, file, part)) without rowid`,
]
