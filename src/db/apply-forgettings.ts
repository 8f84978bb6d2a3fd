import type SQLite from 'better-sqlite3'
import { personHash } from './person-hash.ts'

/** A row of `forgettings`; its id means nothing in another database. */
export type Forgetting = { at: string; server: string; salt: Buffer; person: Buffer | null; pixel_hash: Buffer | null }

const NOBODY = 'forgotten'

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
  for (const forgetting of forgettings) {
    if (forgetting.person === null) forgetServer(database, forgetting)
    else
      for (const person of findPersons(database, forgetting))
        if (forgetting.pixel_hash === null) forgetPerson(database, forgetting, person)
        else forgetPicture(database, forgetting, person)
    remember(database, forgetting)
  }
  deleteUnused(database)
  trainAnew(database, byDataset)
  return before - countExamples(database)
}

const countExamples = (database: SQLite.Database): number =>
  database.prepare<[], number>('select count(*) from examples').pluck().get() ?? 0

type DatasetCount = { dataset: number; server: string; examples: number }

const countByDataset = (database: SQLite.Database): DatasetCount[] =>
  database
    .prepare<[], DatasetCount>(
      `select datasets.id as dataset, server, count(examples.id) as examples from datasets
        left join labels on labels.dataset = datasets.id left join examples on examples.label = labels.id group by datasets.id`,
    )
    .all()

/** Versions of the backup learned from what is forgotten again: says so in the audit log, and that a training is due. */
function trainAnew(database: SQLite.Database, before: DatasetCount[]): void {
  const left = new Map(countByDataset(database).map(({ dataset, examples }) => [dataset, examples]))
  for (const { dataset, server, examples } of before) {
    const forgotten = examples - (left.get(dataset) ?? examples)
    if (forgotten === 0) continue
    database
      .prepare(`insert into audit (at, server, dataset, by, action, detail) values (?, ?, ?, ?, 'forgotten', ?)`)
      .run(new Date().toISOString(), server, dataset, NOBODY, JSON.stringify({ examples: forgotten }))
    database
      .prepare('insert into expiring (key, value, expires_at) values (?, ?, null) on conflict do nothing')
      .run(`due:${dataset}`, JSON.stringify({ value: forgotten }))
  }
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
  for (const table of ['datasets', 'audit', 'messages'])
    database.prepare(`delete from ${table} where server = ?`).run(server)
  database.prepare('delete from servers where id = ?').run(server)
}

const DATASETS = '(select id from datasets where server = @server)'

/** Everybody whom the server names and who is the one that was forgotten. */
function findPersons(database: SQLite.Database, { server, salt, person }: Forgetting): string[] {
  const named = database
    .prepare<{ server: string }, string>(
      `select filed_by from examples join labels on labels.id = examples.label where labels.dataset in ${DATASETS}
        union select by from feedback where dataset in ${DATASETS}
        union select by from reviews where dataset in ${DATASETS}
        union select by from audit where server = @server`,
    )
    .pluck()
    .all({ server })
  // Keys that end in whom they are about.
  const keys = database.prepare<[], string>('select key from expiring').pluck().all()
  const persons = new Set([...named, ...keys.map((key) => key.slice(key.lastIndexOf(':') + 1))])
  return [...persons].filter((name) => person?.equals(personHash({ server, person: name, salt })))
}

function forgetPerson(database: SQLite.Database, { at, server }: Forgetting, person: string): void {
  const of = { at, server, person, nobody: NOBODY, suffix: `:${person}`, quoted: JSON.stringify(person) }
  const statements = [
    `delete from examples where filed_by = @person and filed_at <= @at
      and label in (select id from labels where dataset in ${DATASETS})`,
    `delete from feedback where by = @person and at <= @at and dataset in ${DATASETS}`,
    'delete from claims where by = @person',
    'delete from expiring where substr(key, -length(@suffix)) = @suffix',
    `update reviews set by = @nobody where by = @person and at <= @at and dataset in ${DATASETS}`,
    `update surveys set summary = replace(summary, @quoted, '"forgotten"') where dataset in ${DATASETS}`,
    'update audit set by = @nobody where by = @person and at <= @at and server = @server',
    `update audit set detail = replace(detail, @quoted, '"forgotten"')
      where server = @server and at <= @at and instr(detail, @quoted) > 0`,
  ]
  for (const statement of statements) database.prepare(statement).run(of)
}

function forgetPicture(database: SQLite.Database, { at, server, pixel_hash }: Forgetting, person: string): void {
  database
    .prepare(
      `delete from examples where filed_by = @person and filed_at <= @at and picture in
        (select id from pictures where pixel_hash = @pixel_hash and dataset in ${DATASETS})`,
    )
    .run({ at, server, person, pixel_hash })
}

function deleteUnused(database: SQLite.Database): void {
  database.exec(`
    delete from pictures where not exists (select 1 from examples where examples.picture = pictures.id);
    delete from labels where not exists (select 1 from examples where examples.label = labels.id)`)
}
