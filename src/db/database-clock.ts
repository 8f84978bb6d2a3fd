import type { RawBuilder } from 'kysely'
import type { Database } from './connection.ts'
import { isPostgres } from './engine.ts'
import { sql } from './kysely.ts'

/** The time of the database, in milliseconds since 1970: machines' own clocks differ, and this one is everybody's. */
export const databaseNow = (db: Database): RawBuilder<number> =>
  isPostgres(db)
    ? sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`
    : sql<number>`cast(unixepoch('subsec') * 1000 as integer)`

/** The same as a number, for conditions: an index does not find what is compared with a clock that goes on. */
export const readDatabaseNow = async (db: Database): Promise<number> =>
  (await db.selectNoFrom(databaseNow(db).as('now')).executeTakeFirstOrThrow()).now
