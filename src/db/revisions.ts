import { readChangeMark } from './change-marks.ts'
import type { Database } from './connection.ts'
import { isPostgres } from './engine.ts'
import { sql } from './kysely.ts'

/** A dataset's number, which every change of what is shown of it raises, whichever process makes it (migration-revisions.ts). */
export type Revision = { dataset: number; revision: number }

/** 0 where nothing was changed yet, or the dataset is gone. */
export async function readRevision(db: Database, dataset: number): Promise<number> {
  const row = await db.selectFrom('datasets').select('revision').where('id', '=', dataset).limit(1).executeTakeFirst()
  return row?.revision ?? 0
}

/** Of a server's datasets together: another one after every change in the server. */
export async function readServerRevision(db: Database, server: string): Promise<string> {
  const { highest, sum } = await db
    .selectFrom('datasets')
    .select((e) => [e.fn.max('revision').as('highest'), e.fn.sum<number>('revision').as('sum')])
    .where('server', '=', server)
    .executeTakeFirstOrThrow()
  // The highest alone would hide a change that was numbered before another and committed after it.
  return `${highest}-${sum}`
}

/** A place among the changes of all datasets: what it tells of them was read before. */
export async function readRevisionMark(db: Database): Promise<number> {
  if (isPostgres(db)) return readChangeMark(db)
  const query = db.selectFrom('revision_counter').select((e) => e.fn.max('value').as('value'))
  return (await query.executeTakeFirst())?.value ?? 0
}

/** Datasets that have changed since a mark, in the order of their last change; on PostgreSQL perhaps one that had changed before it. */
export const listRevisionsAfter = (db: Database, mark: number): Promise<Revision[]> =>
  db
    .selectFrom('datasets')
    .select(['id as dataset', 'revision'])
    .where(isPostgres(db) ? sql<boolean>`revised_by >= ${mark}` : sql<boolean>`revision > ${mark}`)
    .orderBy('revision')
    .execute()
