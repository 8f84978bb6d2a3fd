import type { Database } from './connection.ts'
import type { Person } from './people.ts'

type Someone = { server: string; person: string }

/** Whether somebody wants their posts in watched channels of a server left alone. */
export async function isIgnored(db: Database, { server, person }: Someone): Promise<boolean> {
  const row = await db
    .selectFrom('ignored')
    .select('person')
    .where('server', '=', server)
    .where('person', '=', person)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Leaves somebody's posts alone from now on. @returns false where it was so before */
export async function ignore(db: Database, { server, person }: Someone): Promise<boolean> {
  const added = await db
    .insertInto('ignored')
    .values({ server, person, at: new Date().toISOString() })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Answers somebody's posts again. @returns false where it was so before */
export async function stopIgnoring(db: Database, { server, person }: Someone): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('ignored')
    .where('server', '=', server)
    .where('person', '=', person)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Where somebody wants to be left alone, and since when. */
export function listIgnoring(db: Database, { by, server }: Person): Promise<{ server: string; at: string }[]> {
  const query = db.selectFrom('ignored').select(['server', 'at']).where('person', '=', by).orderBy('server')
  return (server === undefined ? query : query.where('server', '=', server)).execute()
}
