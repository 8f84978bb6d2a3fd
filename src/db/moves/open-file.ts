import { rmSync } from 'node:fs'
import SQLite from 'better-sqlite3'
import { createFile, syncFile } from '../copies.ts'
import { Kysely, SqliteDialect } from '../kysely.ts'
import { migrate, requireOwners } from '../migrate.ts'
import type { Schema } from '../schema.ts'

/** A file that this process alone has open; whole numbers are read exactly, as bigint. */
export function exactly(database: SQLite.Database): Kysely<Schema> {
  database.defaultSafeIntegers(true)
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database }) })
}

/**
 * Makes a database for its owner alone, and fills it: whole and on the disk, or not there. Throws EEXIST,
 * UserError database.damaged where a row has no owner
 */
export async function makeFile<T>(
  file: string,
  fill: (db: Kysely<Schema>, raw: SQLite.Database) => Promise<T>,
): Promise<T> {
  createFile(file)
  try {
    const result = await fillFile(file, fill)
    syncFile(file)
    return result
  } catch (error) {
    rmSync(file, { force: true })
    throw error
  }
}

/** Fills a file that is empty. */
export async function fillFile<T>(
  file: string,
  fill: (db: Kysely<Schema>, raw: SQLite.Database) => Promise<T>,
): Promise<T> {
  const database = new SQLite(file)
  try {
    // Cut off, it is good for nothing.
    database.pragma('journal_mode = OFF')
    database.pragma('synchronous = OFF')
    await migrate(database)
    database.pragma('foreign_keys = OFF')
    const db = exactly(database)
    database.exec('begin')
    const result = await fill(db, database)
    database.exec('commit')
    requireOwners(database)
    return result
  } finally {
    database.close()
  }
}
