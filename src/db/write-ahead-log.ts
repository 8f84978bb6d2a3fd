import type { Database } from './connection.ts'
import { isPostgres } from './engine.ts'
import { sql } from './kysely.ts'

/**
 * Moves what the write-ahead log holds into the database, where deleted rows are overwritten, and empties the log. A
 * reader that is still at work keeps part of it; the next call gets that. On PostgreSQL, whose log is the server's, the room of deleted
 * rows is given free, so that others overwrite it.
 */
export async function emptyWriteAheadLog(db: Database): Promise<void> {
  if (isPostgres(db)) await vacuumDeleted(db)
  else await sql`pragma wal_checkpoint(truncate)`.execute(db)
}

/** One table after the other; one that another process has locked, or cleans, is passed over. */
async function vacuumDeleted(db: Database): Promise<void> {
  const { rows } = await sql<{ name: string }>`select relname as name from pg_stat_user_tables
    where schemaname = current_schema() and n_dead_tup > 0 order by relname`.execute(db)
  for (const { name } of rows) await sql`vacuum (skip_locked, truncate false) ${sql.table(name)}`.execute(db)
}
