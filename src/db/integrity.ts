import { sql } from 'kysely'
import { UserError } from '../errors.ts'
import type { Database } from './connection.ts'

/** Reads the whole database. @returns what to say about it. Throws UserError database.damaged */
export async function checkDatabase(db: Database): Promise<string> {
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check`.execute(db)
  const found = rows[0]?.quick_check
  const broken = await sql`pragma foreign_key_check`.execute(db)
  if (found !== 'ok' || broken.rows.length > 0)
    throw new UserError('database.damaged', `Expected a whole database, found: ${found}`)
  const { version } = await db.selectNoFrom(sql<string>`sqlite_version()`.as('version')).executeTakeFirstOrThrow()
  return `whole, SQLite ${version}`
}
