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
  when json_type(detail, '$.examples') = 'integer' then json_extract(detail, '$.examples')
  when json_type(detail, '$.examples') = 'array' then json_array_length(detail, '$.examples')
  else 1 end`

/** A place in the audit log: everything that was changed before it, by whichever process, is older. */
export async function readChangeMark(db: Database): Promise<number> {
  const row = await db
    .selectFrom('audit')
    .select((e) => e.fn.max('id').as('id'))
    .executeTakeFirst()
  return row?.id ?? 0
}

/** Whether a dataset's examples have changed since a mark. */
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

/** Datasets of which examples were changed between two marks, by whichever process. */
export async function listChangedDatasets(
  db: Database,
  { after, until }: { after: number; until: number },
): Promise<number[]> {
  const rows = await db
    .selectFrom('audit')
    .innerJoin('datasets', 'datasets.id', 'audit.dataset')
    .select('datasets.id')
    .distinct()
    .where('audit.id', '>', after)
    .where('audit.id', '<=', until)
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
    .select(['number', sql<number | null>`json_extract(measurement, '$.changeMark')`.as('mark')])
    .select(sql<string>`coalesce(json_extract(measurement, '$.readAt'), made_at)`.as('readAt'))
    .where('dataset', '=', dataset)
    .orderBy(sql`json_extract(measurement, '$.changeMark')`, 'desc')
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
