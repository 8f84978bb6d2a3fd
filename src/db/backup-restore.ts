import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { errorCode, UserError } from '../errors.ts'
import { applyForgettings, readForgettings } from './apply-forgettings.ts'
import { carryBlocked } from './carry-blocks.ts'
import { copyDatabase, copyPath, syncFile } from './copies.ts'
import { requireKeys } from './data-keys.ts'
import { explainDatabaseError } from './database-errors.ts'
import { type LockedHome, lockHome } from './lock-home.ts'
import { isMekikiDatabase, migrate, readSchemaState } from './migrate.ts'

/**
 * `kept`: where the database lies that was replaced; null: there was none. `forgotten`: examples that were deleted because
 * they had been forgotten since the backup; null: the database that was replaced could not be read.
 */
type RestoreOutcome = { kept: string | null; forgotten: number | null }

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
    prepared = join(home, `mekiki.restoring-${process.pid}.sqlite`)
    rmSync(prepared, { force: true })
    copyDatabase(source, prepared)
    const forgotten = await prepare(prepared, locked)
    const kept = replace(home, prepared, locked)
    return { kept, forgotten }
  } catch (error) {
    throw explainDatabaseError(error, join(home, 'mekiki.sqlite'))
  } finally {
    source.close()
    locked?.release()
    if (prepared !== undefined) rmSync(prepared, { force: true })
  }
}

function openBackup(file: string): SQLite.Database {
  if (!existsSync(file)) throw new UserError('backup.not-found', `Expected a backup at ${file}, found nothing`)
  try {
    return new SQLite(file, { readonly: true, fileMustExist: true })
  } catch (error) {
    throw notABackup(file, error)
  }
}

function checkBackup(source: SQLite.Database, keys: Buffer[]): void {
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

function makeHome(home: string): void {
  try {
    mkdirSync(home, { recursive: true })
  } catch (error) {
    throw new UserError('home.not-writable', `Expected to make the folder ${home}, but cannot: ${error}`)
  }
}

/** Upgrades the copy and forgets what was forgotten since. @returns how many examples that were; null: unknown */
async function prepare(file: string, { forgettings, blocked }: LockedHome): Promise<number | null> {
  const database = new SQLite(file)
  try {
    database.pragma('secure_delete = ON')
    await migrate(database)
    // Of a process that is long gone: the one that serves, and posts that it was about to answer.
    database.prepare(`delete from expiring where key = 'serving'`).run()
    database.prepare('update messages set work = null').run()
    const known = [...readForgettings(database), ...(forgettings ?? [])]
    const forgotten = database.transaction(
      () => applyForgettings(database, known) + (blocked ? carryBlocked(database, blocked) : 0),
    )()
    return forgettings === undefined ? null : forgotten
  } finally {
    database.close()
    syncFile(file)
  }
}

/** Puts the prepared file in the database's place; what was there stays beside it. */
function replace(home: string, prepared: string, locked: LockedHome): string | null {
  const file = join(home, 'mekiki.sqlite')
  const kept = existsSync(file) ? copyPath(home, 'restore') : null
  // Windows renames nothing over a file that is open.
  if (process.platform === 'win32') locked.release()
  if (kept !== null) {
    keep(file, kept)
    // Of a database that could not be opened; they must not be taken for the new one's.
    for (const end of ['-wal', '-shm']) if (existsSync(file + end)) renameSync(file + end, kept + end)
  }
  renameSync(prepared, file)
  return kept
}

/** A second name for the same file: at no moment is there no database. */
function keep(file: string, kept: string): void {
  try {
    linkSync(file, kept)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw error
    copyFileSync(file, kept)
  }
}
