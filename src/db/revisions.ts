import type { Database } from './connection.ts'

/** A dataset's number, which every change of what is shown of it raises, whichever process makes it (migration-revisions.ts). */
type Revision = { dataset: number; revision: number }

/** 0 where nothing was changed yet, or the dataset is gone. */
export async function readRevision(db: Database, dataset: number): Promise<number> {
  const row = await db.selectFrom('datasets').select('revision').where('id', '=', dataset).limit(1).executeTakeFirst()
  return row?.revision ?? 0
}

/** The highest of a server's datasets: every change in the server raises it. */
export async function readServerRevision(db: Database, server: string): Promise<number> {
  const query = db.selectFrom('datasets').select((e) => e.fn.max('revision').as('revision'))
  return (await query.where('server', '=', server).executeTakeFirst())?.revision ?? 0
}

/** The highest revision that any dataset was given. */
export async function readLastRevision(db: Database): Promise<number> {
  const query = db.selectFrom('revision_counter').select((e) => e.fn.max('value').as('value'))
  return (await query.executeTakeFirst())?.value ?? 0
}

/** Datasets that have changed since a revision, in the order of their last change. */
export const listRevisionsAfter = (db: Database, revision: number): Promise<Revision[]> =>
  db
    .selectFrom('datasets')
    .select(['id as dataset', 'revision'])
    .where('revision', '>', revision)
    .orderBy('revision')
    .execute()
