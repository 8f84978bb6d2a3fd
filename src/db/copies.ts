import { closeSync, existsSync, fsyncSync, openSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type SQLite from 'better-sqlite3'

// Copies of the database that the program makes by itself, in the home folder.

/** Days after which such a copy is deleted: it holds what people may have had deleted since. */
const COPY_DAYS = 14
const DAY_MS = 24 * 60 * 60 * 1000
const COPY = /^mekiki\.before-[\w-]+\.(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)\.sqlite(-wal|-shm)?$/
const OWNER_ONLY = 0o600

/** Where a copy goes, as in `mekiki.before-006.20261126-154500.sqlite`; the time is UTC, and no other copy has it. */
export function copyPath(home: string, before: string): string {
  for (let time = Date.now(); ; time += 1000) {
    const [day = '', clock = ''] = new Date(time).toISOString().split('T')
    const stamp = `${day.replaceAll('-', '')}-${clock.slice(0, 8).replaceAll(':', '')}`
    const file = join(home, `mekiki.before-${before}.${stamp}.sqlite`)
    if (!existsSync(file)) return file
  }
}

/** Copies a whole database into a file that is not there yet, while others read and write it. Throws EEXIST */
export function copyDatabase(database: SQLite.Database, file: string): void {
  createFile(file)
  try {
    database.prepare('vacuum into ?').run(file)
    syncFile(file)
  } catch (error) {
    rmSync(file, { force: true })
    throw error
  }
}

/** An empty file for its owner alone, which `vacuum into` then fills. Throws EEXIST */
export const createFile = (file: string): void => closeSync(openSync(file, 'wx', OWNER_ONLY))

/** Waits until a file is on the disk. */
export function syncFile(file: string): void {
  const handle = openSync(file, 'r+')
  fsyncSync(handle)
  closeSync(handle)
}

/** What a restore that was cut off has left. */
const UNFINISHED = /^mekiki\.restoring-/
/** Milliseconds that no restore takes. */
const UNFINISHED_MS = 60 * 60 * 1000

/** Deletes copies that were made more than 14 days ago, and unfinished ones. */
export function deleteOldCopies(home: string, now = Date.now()): void {
  for (const name of readdirSync(home)) {
    const made = COPY.exec(name)
    if (UNFINISHED.test(name) && isOlder(join(home, name), now - UNFINISHED_MS))
      rmSync(join(home, name), { force: true })
    if (!made) continue
    const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = made.slice(1).map(Number)
    const age = now - Date.UTC(year, month - 1, day, hour, minute, second)
    if (age > COPY_DAYS * DAY_MS) rmSync(join(home, name), { force: true })
  }
}

function isOlder(file: string, moment: number): boolean {
  const info = statSync(file, { throwIfNoEntry: false })
  return info !== undefined && info.mtimeMs < moment
}
