import type { Database } from './connection.ts'
import { isPostgres } from './engine.ts'
import { sql } from './kysely.ts'

// Places in the audit log, for whoever looks again and again at what other processes have changed: between two of them is every
// change once. On PostgreSQL numbers of rows are no such places, since a lower one may be committed after a higher one: there it
// is the oldest transaction that has not ended (postgres/functions.ts).

/** Everything before it that will ever be in the log is there. */
export async function readChangeMark(db: Database): Promise<number> {
  const mark = isPostgres(db) ? sql<number>`change_mark()` : sql<number>`(select coalesce(max(id), 0) from audit)`
  return (await db.selectNoFrom(mark.as('mark')).executeTakeFirstOrThrow()).mark
}

export type Marks = { after: number; until: number }

/** Of rows of `audit`: what was changed between two marks. */
export const isBetween = (db: Database, { after, until }: Marks) =>
  isPostgres(db)
    ? sql<boolean>`audit.written_by >= ${after} and audit.written_by < ${until}`
    : sql<boolean>`audit.id > ${after} and audit.id <= ${until}`
