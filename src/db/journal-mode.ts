import SQLite from 'better-sqlite3'
import { errorCode } from '../errors.ts'

/** The write-ahead log needs memory that processes share through a file; SMB, 9p and some FUSE file systems have none. */
const NO_SHARED_MEMORY = /^SQLITE_(IOERR_SHM(OPEN|SIZE|LOCK|MAP)|PROTOCOL)$/

/**
 * Opens a database for reading and writing. One whose write-ahead log needs shared memory where there is none is this connection's
 * alone until `setJournalMode`. Writes nothing. @param timeout milliseconds to wait for a lock
 */
export function openFile(file: string, timeout: number): SQLite.Database {
  const database = new SQLite(file, { timeout })
  return hasSharedMemory(() => read(database)) ? database : reopenAlone(database, timeout)
}

/**
 * Sets WAL mode or, where there is no shared memory, the rollback journal: as safe, but readers and the writer wait for each other.
 * @returns what to go on with, because a connection that missed shared memory once is of no more use
 */
export function setJournalMode(database: SQLite.Database, timeout: number): SQLite.Database {
  const isAlone = database.pragma('locking_mode', { simple: true }) === 'exclusive'
  if (!isAlone && hasSharedMemory(() => setWal(database))) return database
  const alone = isAlone ? database : reopenAlone(database, timeout)
  alone.pragma('journal_mode = DELETE')
  alone.pragma('locking_mode = NORMAL')
  // The lock is let go after the next read.
  read(alone)
  return alone
}

/** Some file systems refuse WAL without an error: the journal stays as it was. */
function setWal(database: SQLite.Database): void {
  database.pragma('journal_mode = WAL')
  // Shared memory is used at the first transaction.
  read(database)
}

const read = (database: SQLite.Database): unknown => database.prepare('select count(*) from sqlite_master').get()

/** In exclusive mode from its start, SQLite keeps in its own memory what others would share. */
function reopenAlone(database: SQLite.Database, timeout: number): SQLite.Database {
  database.close()
  const alone = new SQLite(database.name, { timeout })
  alone.pragma('locking_mode = EXCLUSIVE')
  read(alone)
  return alone
}

function hasSharedMemory(work: () => void): boolean {
  try {
    work()
    return true
  } catch (error) {
    if (NO_SHARED_MEMORY.test(errorCode(error) ?? '')) return false
    throw error
  }
}
