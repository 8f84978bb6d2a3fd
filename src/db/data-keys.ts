import type SQLite from 'better-sqlite3'
import { UserError } from '../errors.ts'
import { ENCRYPTED_MARK, encryptedStart, IS_ENCRYPTED, IS_ENCRYPTED_POSTGRES, keyId } from './key-id.ts'
import { type Kysely, sql } from './kysely.ts'
import type { Schema } from './schema.ts'

/**
 * Refuses keys that do not read every picture of a database, before anything is written to it.
 * @param keys of DATA_KEY. Throws UserError data.key-missing where there are none, data.key-wrong
 */
export function requireKeys(database: SQLite.Database, keys: Buffer[]): void {
  refuseMissing(
    listKeys(database).filter((id) => isUsed(database, id)),
    keys,
  )
}

/** The same for a PostgreSQL. */
export async function requireKeysOf(db: Kysely<Schema>, keys: Buffer[]): Promise<void> {
  const ids = await db.selectFrom('data_keys').select('id').execute()
  const used: string[] = []
  for (const { id } of ids) {
    const { rows } = await sql`select 1 from pictures where ${sql.raw(IS_ENCRYPTED_POSTGRES)}
      and substr(copy, 1, 8) = ${encryptedStart(id)} limit 1`.execute(db)
    if (rows.length > 0) used.push(id)
  }
  refuseMissing(used, keys)
}

function refuseMissing(used: string[], keys: Buffer[]): void {
  const given = new Set(keys.map(keyId))
  if (used.every((id) => given.has(id))) return
  if (keys.length === 0)
    throw new UserError(
      'data.key-missing',
      'Expected the key that the pictures were encrypted with in DATA_KEY, found none: set it, and start again',
    )
  throw new UserError(
    'data.key-wrong',
    'Expected the key that the pictures were encrypted with in DATA_KEY, found another one. Put the right one there, or ' +
      'both (NEW,OLD) and run `encrypt`. Nothing was changed',
  )
}

function listKeys(database: SQLite.Database): string[] {
  const has = (table: string): boolean =>
    database.prepare(`select 1 from sqlite_schema where name = ?`).get(table) !== undefined
  if (has('data_keys')) return database.prepare<[], string>('select id from data_keys').pluck().all()
  if (!has('pictures')) return []
  // A database from before keys were written down.
  return database
    .prepare<[Buffer], string>(
      'select distinct lower(hex(substr(copy, 5, 4))) from pictures where substr(copy, 1, 4) = ?',
    )
    .pluck()
    .all(ENCRYPTED_MARK)
}

/** The last picture of a key may have been deleted. */
const isUsed = (database: SQLite.Database, id: string): boolean =>
  database
    .prepare(`select 1 from pictures where ${IS_ENCRYPTED} and substr(copy, 1, 8) = ? limit 1`)
    .get(encryptedStart(id)) !== undefined
