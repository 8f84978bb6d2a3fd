import type { Database } from './connection.ts'
import { databaseNow } from './database-clock.ts'
import { sql } from './kysely.ts'

// What one process does for all of them. By the clock of the database, on either engine: a holder that says nothing until
// its lease ends has died, and anybody else takes it.

/** `name`: what it is for. `holder`: who asks, as a random id of the process. */
type Lease = { name: string; holder: string }

/** Takes a lease that is free, or renews its own. @returns whether the holder has it until `ttlMs` from now */
export async function holdLease(db: Database, { name, holder, ttlMs }: Lease & { ttlMs: number }): Promise<boolean> {
  const now = databaseNow(db)
  const until = sql<number>`${now} + ${sql.lit(ttlMs)}`
  const row = await db
    .insertInto('leases')
    .values({ name, holder, until })
    .onConflict((c) =>
      c
        .column('name')
        .doUpdateSet({ holder, until })
        .where((e) => e.or([e('leases.until', '<=', now), e('leases.holder', '=', holder)])),
    )
    .returning('name')
    .executeTakeFirst()
  return row !== undefined
}

/** Lets others have it at once. */
export async function releaseLease(db: Database, { name, holder }: Lease): Promise<void> {
  await db.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute()
}

/** Whether the caller is the one who does a thing now: of all who ask within `everyMs`, it is the first alone. */
export const takeTurn = async (db: Database, name: string, everyMs: number): Promise<boolean> => {
  const now = databaseNow(db)
  const until = sql<number>`${now} + ${sql.lit(everyMs)}`
  const row = await db
    .insertInto('leases')
    .values({ name, holder: '', until })
    .onConflict((c) => c.column('name').doUpdateSet({ until }).where('leases.until', '<=', now))
    .returning('name')
    .executeTakeFirst()
  return row !== undefined
}
