import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { UserError } from '../errors.ts'
import { applyForgettings, readForgettings } from './apply-forgettings.ts'
import { carryBlocked } from './carry-blocks.ts'
import { carryObjects } from './carry-objects.ts'
import { copyDatabase, syncFile } from './copies.ts'
import { requireKeys } from './data-keys.ts'
import { explainDatabaseError } from './database-errors.ts'
import { type LockedHome, lockHome } from './lock-home.ts'
import { isMekikiDatabase, migrate, readSchemaState } from './migrate.ts'
import { readMark, refuseMoved, writeMark } from './moves/mark.ts'
import { makeHome, putInPlace } from './put-in-place.ts'

/**
 * `kept`: where the database lies that was replaced; null: there was none. `forgotten`: examples that were deleted because
 * they had been forgotten since the backup; null: the database that was replaced could not be read.
 */
export type RestoreOutcome = { kept: string | null; forgotten: number | null }

/**
 * Replaces the database of a home folder by a backup. Everything is checked before anything is written.
 * @param keys of DATA_KEY. Throws UserError backup.*, data.key-missing, data.key-wrong, database.newer, home.*, disk.full
 */
export async function restoreDatabase(home: string, backup: string, keys: Buffer[]): Promise<RestoreOutcome> {
  const source = openBackup(backup)
  let prepared: string | undefined
  let locked: LockedHome | undefined
  try {
    checkBackup(source, keys)
    makeHome(home)
    locked = lockHome(home)
    // What is newer is elsewhere; a second living copy would diverge from it.
    if (locked.database) refuseMoved(readMark(locked.database))
    prepared = join(home, `mekiki.restoring-${process.pid}.sqlite`)
    rmSync(prepared, { force: true })
    copyDatabase(source, prepared)
    const forgotten = await prepareBackup(prepared, locked)
    const kept = putInPlace(home, prepared, { before: 'restore', locked })
    return { kept, forgotten }
  } catch (error) {
    throw explainDatabaseError(error, join(home, 'mekiki.sqlite'))
  } finally {
    source.close()
    locked?.release()
    if (prepared !== undefined) rmSync(prepared, { force: true })
  }
}

/** Throws UserError backup.not-found, backup.damaged */
export function openBackup(file: string): SQLite.Database {
  if (!existsSync(file)) throw new UserError('backup.not-found', `Expected a backup at ${file}, found nothing`)
  try {
    return new SQLite(file, { readonly: true, fileMustExist: true })
  } catch (error) {
    throw notABackup(file, error)
  }
}

/** Reads all of it. Throws UserError backup.damaged, database.newer, data.* */
export function checkBackup(source: SQLite.Database, keys: Buffer[]): void {
  try {
    if (!isMekikiDatabase(source)) throw notABackup(source.name)
    const found = source.pragma('integrity_check(1)', { simple: true })
    if (found !== 'ok') throw notABackup(source.name, found)
  } catch (error) {
    throw error instanceof UserError ? error : notABackup(source.name, error)
  }
  readSchemaState(source)
  requireKeys(source, keys)
}

const notABackup = (file: string, cause?: unknown): UserError =>
  new UserError(
    'backup.damaged',
    `Expected a whole database of Mekiki at ${file}, found something else or a part of one${cause === undefined ? '' : `: ${cause}`}`,
    {},
    { cause },
  )

/** What the database remembers that the backup replaces. */
export type Replaced = Pick<LockedHome, 'forgettings' | 'blocked' | 'objects'>

/** Upgrades the copy and forgets what was forgotten since. @returns how many examples that were; null: unknown */
export async function prepareBackup(file: string, { forgettings, blocked, objects }: Replaced): Promise<number | null> {
  const database = new SQLite(file)
  try {
    database.pragma('secure_delete = ON')
    await migrate(database)
    // Of a process that is long gone: the one that serves, and posts that it was about to answer; and where that database went.
    database.prepare(`delete from expiring where key = 'serving'`).run()
    writeMark(database, undefined)
    database.prepare('update messages set work = null').run()
    const known = [...readForgettings(database), ...(forgettings ?? [])]
    const forgotten = database.transaction(() => {
      if (objects) carryObjects(database, objects)
      return applyForgettings(database, known) + (blocked ? carryBlocked(database, blocked) : 0)
    })()
    return forgettings === undefined ? null : forgotten
  } finally {
    database.close()
    syncFile(file)
  }
}
