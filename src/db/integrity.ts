import { UserError } from '../errors.ts'
import type { Database } from './connection.ts'
import { isPostgres } from './engine.ts'
import { sql } from './kysely.ts'

/** Reads the whole database, which takes a while. @returns what to say about it. Throws UserError database.damaged */
export const checkDatabase = (db: Database): Promise<string> => (isPostgres(db) ? checkPostgres(db) : checkSqlite(db))

async function checkSqlite(db: Database): Promise<string> {
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

type ForeignKey = { name: string; column: string; owner: string; key: string }

/** The server itself keeps checksums of its pages; that every row has its owner is looked at here. */
async function checkPostgres(db: Database): Promise<string> {
  const keys = await sql<ForeignKey>`
    select child.relname as name, own.attname as column, parent.relname as owner, theirs.attname as key
    from pg_constraint join pg_class as child on child.oid = conrelid join pg_class as parent on parent.oid = confrelid
    join pg_attribute as own on own.attrelid = conrelid and own.attnum = conkey[1]
    join pg_attribute as theirs on theirs.attrelid = confrelid and theirs.attnum = confkey[1]
    where contype = 'f' and connamespace = current_schema()::regnamespace order by 1, 2`.execute(db)
  for (const { name, column, owner, key } of keys.rows) {
    const [from, to] = [sql.ref(`row.${column}`), sql.ref(`owner.${key}`)]
    const broken = await sql`select 1 from ${sql.table(name)} as row where ${from} is not null
      and not exists (select 1 from ${sql.table(owner)} as owner where ${to} = ${from}) limit 1`.execute(db)
    if (broken.rows.length > 0) throw damaged(`a row of ${name} without its owner`)
  }
  const version = sql<string>`current_setting('server_version')`.as('version')
  return `whole, PostgreSQL ${(await db.selectNoFrom(version).executeTakeFirstOrThrow()).version}`
}

const damaged = (found: string): UserError =>
  new UserError('database.damaged', `Expected a whole database, found: ${found}`)
