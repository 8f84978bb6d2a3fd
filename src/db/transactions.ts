import type { Database } from './connection.ts'
import { isPostgres } from './engine.ts'
import { type Kysely, sql, type Transaction } from './kysely.ts'
import { withRetries } from './retries.ts'
import type { Schema } from './schema.ts'

// SQLite has one transaction at a time. On PostgreSQL there are many, so that whoever reads and then writes locks what it decides
// about first, in this order: a server, its datasets by id, its limits.

type Work<T> = (t: Transaction<Schema>) => Promise<T>

/** A transaction, begun again where it and another one waited for each other: outside of the database, `work` changes nothing. */
export const inTransaction = <T>(db: Database, work: Work<T>): Promise<T> =>
  withRetries(() => db.transaction().execute(work))

/** A transaction that changes a dataset: each dataset has one at a time. */
export const changeDataset = <T>(db: Database, dataset: number, work: Work<T>): Promise<T> =>
  inTransaction(db, async (t) => {
    await lockDataset(t, dataset)
    return work(t)
  })

/** Until the transaction ends, no other one changes this dataset; it may be gone. */
export async function lockDataset(t: Transaction<Schema>, dataset: number): Promise<void> {
  if (!isPostgres(t)) return
  await t.selectFrom('datasets').select('id').where('id', '=', dataset).limit(1).forNoKeyUpdate().execute()
}

/** Until the transaction ends, no other one changes the settings of this server, or which datasets it has. */
export const lockServer = (t: Kysely<Schema>, server: string): Promise<void> => lockName(t, `server ${server}`)

/** Until the transaction ends, no other one counts against the limits of this server. */
export const lockLimits = (t: Kysely<Schema>, server: string): Promise<void> => lockName(t, `limits ${server}`)

/** Until the transaction ends, no picture is added but such as may be added after it, too; `beside`: together with other additions. */
export async function lockBlocking(t: Kysely<Schema>, { beside = false } = {}): Promise<void> {
  if (beside && isPostgres(t))
    await sql`select pg_advisory_xact_lock_shared(hashtextextended('blocking', 0))`.execute(t)
  else await lockName(t, 'blocking')
}

async function lockName(t: Kysely<Schema>, name: string): Promise<void> {
  if (isPostgres(t)) await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(t)
}
