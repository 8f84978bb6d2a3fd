import { rmSync, statSync } from 'node:fs'
import { errorCode, UserError } from '../errors.ts'
import type { Database } from './connection.ts'
import { createFile, syncFile } from './copies.ts'
import { copyRows } from './copy-database/copy-rows.ts'
import { isPostgres } from './engine.ts'
import { sql } from './kysely.ts'
import { fillFile } from './moves/open-file.ts'
import { reportAll } from './moves/with-progress.ts'

/**
 * Copies the database into a file, for its owner alone, while others read and write it: also a PostgreSQL, which then is a
 * database of SQLite. @returns its size in bytes. Throws UserError backup.exists, backup.not-writable, disk.full
 */
export async function backUpDatabase(db: Database, file: string): Promise<number> {
  try {
    createFile(file)
  } catch (error) {
    if (errorCode(error) === 'EEXIST')
      throw new UserError('backup.exists', `Expected a file that is not there yet, found ${file}`)
    throw new UserError('backup.not-writable', `Expected to write ${file}, but cannot: ${error}`, {}, { cause: error })
  }
  try {
    if (isPostgres(db)) await copyPostgres(db, file)
    else await sql`vacuum into ${file}`.execute(db)
    syncFile(file)
    return statSync(file).size
  } catch (error) {
    rmSync(file, { force: true })
    throw error
  }
}

/** As it is at one moment. */
async function copyPostgres(db: Database, file: string): Promise<void> {
  const snapshot = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
  await fillFile(file, (copy) => snapshot.execute((t) => reportAll(copyRows(t, copy), () => {})))
}
