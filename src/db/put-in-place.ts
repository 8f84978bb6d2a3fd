import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode, UserError } from '../errors.ts'
import { copyPath } from './copies.ts'
import type { LockedHome } from './lock-home.ts'

/** Throws UserError home.not-writable */
export function makeHome(home: string): void {
  try {
    mkdirSync(home, { recursive: true })
  } catch (error) {
    throw new UserError('home.not-writable', `Expected to make the folder ${home}, but cannot: ${error}`)
  }
}

/** `before`: what is done, in the name of what is kept. */
type Putting = { before: string; locked: LockedHome }

/** Puts a prepared file in the place of a home's database; what was there stays beside it. @returns where; null: there was none */
export function putInPlace(home: string, prepared: string, { before, locked }: Putting): string | null {
  const file = join(home, 'mekiki.sqlite')
  const kept = existsSync(file) ? copyPath(home, before) : null
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
