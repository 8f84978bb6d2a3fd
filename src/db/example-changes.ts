import { isBetween, type Marks } from './change-marks.ts'
import type { Database } from './connection.ts'
import { sql } from './kysely.ts'
import type { Action } from './schema.ts'

/** What changes examples, their labels, or how they are embedded. */
const CHANGES: Action[] = [
  'filed',
  'unfiled',
  'moved',
  'excluded',
  'restored',
  'reviewed',
  'review undone',
  'forgotten',
  'label renamed',
  'labels merged',
  'label deleted',
  'label restored',
  'dataset copied',
  'backbone changed',
]

/** How many examples a row of the audit log tells of; 0 where it changed none, as when a decision is undone that waited. */
const examplesOf = sql<number>`case
  when json_type(detail, '$.waited') = 'true' then 0
  when json_type(detail, '$.examples') = 'integer' then cast(json_extract(detail, '$.examples') as bigint)
  when json_type(detail, '$.examples') = 'array' then json_array_length(detail, '$.examples')
  else 1 end`

const changeMark = sql<number | null>`cast(json_extract(measurement, '$.changeMark') as bigint)`

/**
 * A dataset's place in the audit log: whatever of it is changed later, by whichever process, has a higher number, because
 * its changes are numbered while it is locked. It is never before that of a version, though old changes are deleted.
 */
export async function readDatasetMark(db: Database, dataset: number): Promise<number> {
  const changed = await db
    .selectFrom('audit')
    .select((e) => e.fn.max('id').as('mark'))
    .where('dataset', '=', dataset)
    .executeTakeFirst()
  const read = await db
    .selectFrom('versions')
    .select((e) => e.fn.max(changeMark).as('mark'))
    .where('dataset', '=', dataset)
    .executeTakeFirst()
  return Math.max(changed?.mark ?? 0, read?.mark ?? 0)
}

/** Whether a dataset's examples have changed since its mark. */
export async function haveExamplesChanged(db: Database, dataset: number, mark: number): Promise<boolean> {
  const row = await db
    .selectFrom('audit')
    .select('id')
    .where('id', '>', mark)
    .where('dataset', '=', dataset)
    .where('action', 'in', CHANGES)
    .where(examplesOf, '>', 0)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Datasets of which examples were changed between two marks (change-marks.ts), by whichever process. */
export async function listChangedDatasets(db: Database, marks: Marks): Promise<number[]> {
  const rows = await db
    .selectFrom('audit')
    .innerJoin('datasets', 'datasets.id', 'audit.dataset')
    .select('datasets.id')
    .distinct()
    .where(isBetween(db, marks))
    .where('action', 'in', CHANGES)
    .execute()
  return rows.map((row) => row.id)
}

/** `version`: the number of the one that read last, 0 where there is none. `examples`: how many have changed since. */
type Unlearned = { version: number; examples: number }

/**
 * What no version of a dataset has learned, whichever process trained the last one. Versions of older programs do not know
 * up to which change they read: theirs is told by the time.
 */
export async function countUnlearned(db: Database, dataset: number): Promise<Unlearned> {
  const latest = await db
    .selectFrom('versions')
    .select(['number', changeMark.as('mark')])
    .select(sql<string>`coalesce(json_extract(measurement, '$.readAt'), made_at)`.as('readAt'))
    .where('dataset', '=', dataset)
    .orderBy(changeMark, (order) => order.desc().nullsLast())
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  let changes = db
    .selectFrom('audit')
    .select(sql<number>`coalesce(sum(${examplesOf}), 0)`.as('examples'))
    .where('dataset', '=', dataset)
    .where('action', 'in', CHANGES)
  if (latest)
    changes = latest.mark === null ? changes.where('at', '>', latest.readAt) : changes.where('id', '>', latest.mark)
  return { version: latest?.number ?? 0, ...(await changes.executeTakeFirstOrThrow()) }
}
