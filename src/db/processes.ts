import type { Database } from './connection.ts'
import { databaseNow } from './database-clock.ts'
import { sql } from './kysely.ts'
import type { ProcessRole } from './schema-processes.ts'

/** Rows that are listed: more processes than any cluster of this kind has. */
const MAX_LISTED = 1_000

/** `shards`, `load`: JSON. `clockMs`: what this machine's clock says. */
type SignOfLife = {
  id: string
  role: ProcessRole
  host: string
  pid: number
  version: string
  clockMs: number
  shards: string
  load: string
}

/** Writes that a process lives, whether its row is there or not. */
export async function recordProcess(db: Database, { clockMs, ...process }: SignOfLife): Promise<void> {
  const now = databaseNow(db)
  const { shards, load } = process
  await db
    .insertInto('processes')
    .values({ ...process, clock_ms: clockMs, started_at: now, seen_at: now })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ shards, load, clock_ms: clockMs, seen_at: now }))
    .execute()
}

/** Takes a process off the list: it has ended. */
export async function removeProcess(db: Database, id: string): Promise<void> {
  await db.deleteFrom('processes').where('id', '=', id).execute()
}

/** Takes those off the list that have said nothing for so long. */
export async function sweepProcesses(db: Database, silentMs: number): Promise<void> {
  await db
    .deleteFrom('processes')
    .where('seen_at', '<', sql<number>`${databaseNow(db)} - ${silentMs}`)
    .execute()
}

/** All of them, by role and start. `silentMs`: since when it has said nothing; `clockMs`: how far its clock is ahead of the database's. */
export async function listProcesses(db: Database) {
  const now = databaseNow(db)
  const rows = await db
    .selectFrom('processes')
    .select(['id', 'role', 'host', 'pid', 'version', 'shards', 'load', 'started_at as startedAt', 'seen_at as seenAt'])
    .select(sql<number>`${now} - seen_at`.as('silentMs'))
    .select(sql<number>`clock_ms - seen_at`.as('clockMs'))
    .orderBy('role')
    .orderBy('started_at')
    .orderBy('id')
    .limit(MAX_LISTED)
    .execute()
  return rows
}
