import type SQLite from 'better-sqlite3'
import { EVERY_SERVER, NOBODY } from './forgettings.ts'
import { personHash } from './person-hash.ts'

/** A row of `forgettings`; its id means nothing in another database. */
export type Forgetting = { at: string; server: string; salt: Buffer; person: Buffer | null; pixel_hash: Buffer | null }

/** What a database remembers to have forgotten. */
export const readForgettings = (database: SQLite.Database): Forgetting[] =>
  database.prepare<[], Forgetting>('select at, server, salt, person, pixel_hash from forgettings order by at, id').all()

/**
 * Forgets in a restored database what was forgotten in the one that it replaces, and remembers that. What was added after
 * the moment of forgetting stays. @returns how many examples it deleted
 */
export function applyForgettings(database: SQLite.Database, forgettings: Forgetting[]): number {
  const before = countExamples(database)
  const byDataset = countByDataset(database)
  const affected = new Set<number>()
  for (const forgetting of forgettings) {
    if (forgetting.person === null) forgetServer(database, forgetting)
    else
      for (const person of findPersons(database, forgetting)) {
        for (const dataset of findDatasets(database, forgetting, person)) affected.add(dataset)
        if (forgetting.pixel_hash === null) forgetPerson(database, forgetting, person)
        else forgetPicture(database, forgetting, person)
      }
    remember(database, forgetting)
  }
  deleteUnused(database)
  for (const dataset of affected) trainAnew(database, dataset, byDataset.get(dataset) ?? 0)
  return before - countExamples(database)
}

export const countExamples = (database: SQLite.Database): number =>
  database.prepare<[], number>('select count(*) from examples').pluck().get() ?? 0

export function countByDataset(database: SQLite.Database): Map<number, number> {
  const counts = database
    .prepare<[], { dataset: number; examples: number }>(
      `select labels.dataset as dataset, count(*) as examples from examples
        join labels on labels.id = examples.label group by labels.dataset`,
    )
    .all()
  return new Map(counts.map(({ dataset, examples }) => [dataset, examples]))
}

/**
 * Versions of the backup may have learned from what is forgotten again: says so in the audit log, and that a training is
 * due; where too few labels are left for one, they go at once (version-retention.ts).
 */
export function trainAnew(database: SQLite.Database, dataset: number, before: number): void {
  const examples = before - (countByDataset(database).get(dataset) ?? 0)
  const now = new Date().toISOString()
  const of = { dataset, now, nobody: NOBODY, detail: JSON.stringify({ examples }), key: `due:${dataset}` }
  const isUntrainable = `(select count(*) from labels where dataset = @dataset and exists
    (select 1 from examples where examples.label = labels.id and state = 'kept')) < 2`
  for (const statement of [
    `insert into audit (at, server, dataset, by, action, detail)
      select @now, server, id, @nobody, 'forgotten', @detail from datasets where id = @dataset`,
    'update datasets set forgotten_at = @now where id = @dataset',
    'insert into expiring (key, value, expires_at) values (@key, @value, null) on conflict do nothing',
    `delete from versions where dataset = @dataset and ${isUntrainable}`,
    `update datasets set version = null where id = @dataset and ${isUntrainable}`,
    `delete from surveys where dataset = @dataset and ${isUntrainable}`,
  ])
    database.prepare(statement).run({ ...of, value: JSON.stringify({ value: Math.max(1, examples) }) })
}

function remember(database: SQLite.Database, { at, server, salt, person, pixel_hash }: Forgetting): void {
  database
    .prepare(
      `insert into forgettings (at, server, salt, person, pixel_hash) select ?, ?, ?, ?, ?
        where not exists (select 1 from forgettings where salt = ?)`,
    )
    .run(at, server, salt, person, pixel_hash, salt)
}

/** A server that came back after its data were deleted keeps what it added since. */
function forgetServer(database: SQLite.Database, { at, server }: Forgetting): void {
  const isBack = database.prepare('select 1 from servers where id = ? and joined_at > ?').get(server, at)
  if (isBack) return
  for (const table of ['datasets', 'audit', 'messages', 'ignored'])
    database.prepare(`delete from ${table} where server = ?`).run(server)
  database.prepare('delete from servers where id = ?').run(server)
}

const HERE = `(server = @server or @server = '${EVERY_SERVER}')`
const DATASETS = `(select id from datasets where ${HERE})`
const THEIRS = '(filed_by = @person or posted_by = @person)'

/** Everybody whom the server names and who is the one that was forgotten. */
function findPersons(database: SQLite.Database, { server, salt, person }: Forgetting): string[] {
  const named = database
    .prepare<{ server: string }, string>(
      `select filed_by from examples join labels on labels.id = examples.label where labels.dataset in ${DATASETS}
        union select posted_by from examples join labels on labels.id = examples.label
          where posted_by is not null and labels.dataset in ${DATASETS}
        union select by from feedback where dataset in ${DATASETS}
        union select by from reviews where dataset in ${DATASETS}
        union select by from audit where ${HERE}
        union select person from ignored where ${HERE}
        union select json_extract(detail, '$.poster') from audit where ${HERE} and instr(detail, '"poster"') > 0`,
    )
    .pluck()
    .all({ server })
  // Keys that end in whom they are about.
  const keys = database.prepare<[], string>('select key from expiring').pluck().all()
  const persons = new Set([...named, ...keys.map((key) => key.slice(key.lastIndexOf(':') + 1))])
  return [...persons].filter((name) => person?.equals(personHash({ server, person: name, salt })))
}

/** Datasets whose versions may have learned from what is forgotten (find-person.ts). */
function findDatasets(database: SQLite.Database, { at, server, pixel_hash }: Forgetting, person: string): number[] {
  const where = pixel_hash === null ? '' : 'and picture in (select id from pictures where pixel_hash = @pixel_hash)'
  const examples = `select labels.dataset from examples join labels on labels.id = examples.label
    where ${THEIRS} and filed_at <= @at and labels.dataset in ${DATASETS} ${where}`
  const taught = `union select dataset from audit where action = 'filed' and at <= @at and ${HERE} and dataset is not null
    and (by = @person or json_extract(detail, '$.poster') = @person)`
  const olderThanLog = `union select dataset from versions join datasets on datasets.id = versions.dataset
    where server = @server and coalesce(json_extract(measurement, '$.readAt'), made_at) <
      coalesce((select at from audit where audit.server = @server order by id limit 1), '~')`
  return database
    .prepare<unknown[], number>(pixel_hash === null ? `${examples} ${taught} ${olderThanLog}` : examples)
    .pluck()
    .all({ at, server, person, pixel_hash })
}

function forgetPerson(database: SQLite.Database, { at, server }: Forgetting, person: string): void {
  const of = { at, server, person, nobody: NOBODY, suffix: `:${person}`, quoted: JSON.stringify(person) }
  const statements = [
    `delete from examples where ${THEIRS} and filed_at <= @at
      and label in (select id from labels where dataset in ${DATASETS})`,
    `delete from feedback where by = @person and at <= @at and dataset in ${DATASETS}`,
    'delete from claims where by = @person',
    `delete from ignored where person = @person and ${HERE}`,
    'delete from expiring where substr(key, -length(@suffix)) = @suffix',
    `delete from expiring where substr(key, 1, instr(key, ':')) in ('post:', 'asked:', 'deed:') and instr(value, @quoted) > 0`,
    `delete from expiring where substr(key, 1, instr(key, ':')) = 'details:' and instr(value, @person) > 0`,
    `update reviews set by = @nobody where by = @person and at <= @at and dataset in ${DATASETS}`,
    `update surveys set summary = replace(summary, @quoted, '"forgotten"') where dataset in ${DATASETS}`,
    `update audit set by = @nobody, detail = json_remove(detail, '$.file')
      where by = @person and at <= @at and ${HERE}`,
    `update audit set detail = replace(json_remove(detail, case when json_extract(detail, '$.poster') = @person
        then '$.file' else '$.none' end), @quoted, '"forgotten"')
      where ${HERE} and at <= @at and instr(detail, @quoted) > 0`,
  ]
  for (const statement of statements) database.prepare(statement).run(of)
}

function forgetPicture(database: SQLite.Database, { at, server, pixel_hash }: Forgetting, person: string): void {
  const examples = `select id from examples where ${THEIRS} and filed_at <= @at and picture in
    (select id from pictures where pixel_hash = @pixel_hash and dataset in ${DATASETS})`
  for (const statement of [
    `update audit set detail = json_remove(detail, '$.file')
      where action = 'filed' and ${HERE} and json_extract(detail, '$.example') in (${examples})`,
    `delete from examples where id in (${examples})`,
  ])
    database.prepare(statement).run({ at, server, person, pixel_hash })
}

/** Pictures and labels that no example refers to anymore. */
export function deleteUnused(database: SQLite.Database): void {
  database.exec(`
    delete from pictures where not exists (select 1 from examples where examples.picture = pictures.id);
    delete from labels where not exists (select 1 from examples where examples.label = labels.id)
      and not exists (select 1 from merged_examples
        where merged_examples.label = labels.id and before_label = labels.id)`)
}
