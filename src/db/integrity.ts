import { UserError } from '../errors.ts'
import type { Database } from './connection.ts'
import { sql } from './kysely.ts'

/** Reads the whole database, which takes a while. @returns what to say about it. Throws UserError database.damaged */
export async function checkDatabase(db: Database): Promise<string> {
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check`.execute(db)
  const [found] = rows
  if (found?.quick_check !== 'ok') throw damaged(found?.quick_check ?? 'nothing')
  const tables = await sql<{ name: string }>`select name from sqlite_schema where type = 'table' order by name`.execute(
    db,
  )
  // A table at a time: none holds up the others for long.
  for (const { name } of tables.rows) {
    const broken = await sql`select 1 from pragma_foreign_key_check(${name}) limit 1`.execute(db)
    if (broken.rows.length > 0) throw damaged(`a row of ${name} without its owner`)
  }
  const { version } = await db.selectNoFrom(sql<string>`sqlite_version()`.as('version')).executeTakeFirstOrThrow()
  return `whole, SQLite ${version}`
}

const damaged = (found: string): UserError =>
  new UserError('database.damaged', `Expected a whole database, found: ${found}`)
