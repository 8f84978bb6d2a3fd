import { rmSync, statSync } from 'node:fs'
import { errorCode, UserError } from '../errors.ts'
import type { Database } from './connection.ts'
import { createFile, syncFile } from './copies.ts'
import { sql } from './kysely.ts'

/**
 * Copies the database into a file, for its owner alone, while others read and write it.
 * @returns its size in bytes. Throws UserError backup.exists, backup.not-writable, disk.full
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
    await sql`vacuum into ${file}`.execute(db)
    syncFile(file)
    return statSync(file).size
  } catch (error) {
    rmSync(file, { force: true })
    throw error
  }
}
