import type { Database } from './connection.ts'
import { sql } from './kysely.ts'

/**
 * Moves what the write-ahead log holds into the database, where deleted rows are overwritten, and empties the log. A
 * reader that is still at work keeps part of it; the next call gets that.
 */
export async function emptyWriteAheadLog(db: Database): Promise<void> {
  await sql`pragma wal_checkpoint(truncate)`.execute(db)
}
