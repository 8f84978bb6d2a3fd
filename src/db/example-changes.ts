import { sql } from 'kysely'
import type { Database } from './connection.ts'
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
  'backbone changed',
]

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
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Datasets whose examples have changed between two marks. `examples`: how many, at least 1; `last`: the mark of the last change. */
export function readChangesBetween(db: Database, { after, until }: { after: number; until: number }) {
  return db
    .selectFrom('audit')
    .innerJoin('datasets', 'datasets.id', 'audit.dataset')
    .select(['datasets.id as dataset', (e) => e.fn.max('audit.id').as('last')])
    .select(sql<number>`sum(max(1, coalesce(json_extract(detail, '$.examples'), 1)))`.as('examples'))
    .where('audit.id', '>', after)
    .where('audit.id', '<=', until)
    .where('action', 'in', CHANGES)
    .groupBy('datasets.id')
    .execute()
}
