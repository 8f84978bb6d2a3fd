import { errorCode, UserError } from '../errors.ts'
import { explainPostgresError } from './postgres/errors.ts'

type Explanation = [codes: RegExp, userCode: string, message: (file: string, reason: string) => string]

/** The first that matches the code of SQLite (https://sqlite.org/rescode.html), extended or not, or of the system. */
const EXPLANATIONS: Explanation[] = [
  [
    /^(SQLITE_FULL|ENOSPC|EDQUOT)$/,
    'disk.full',
    () => 'Expected room on the disk, found none: free some and run it again',
  ],
  [
    /^SQLITE_(CORRUPT(_\w+)?|NOTADB)$/,
    'database.damaged',
    (file) => `Expected a database of Mekiki at ${file}, found it damaged: restore a backup`,
  ],
  [
    /^SQLITE_READONLY_DBMOVED$/,
    'database.moved',
    (file) => `Expected ${file} to stay where it is, it was moved or replaced while it was open: run it again`,
  ],
  [
    /^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST|EISDIR|SQLITE_(CANTOPEN|READONLY|PERM|AUTH)(_\w+)?|SQLITE_IOERR_(ACCESS|DELETE))$/,
    'home.not-writable',
    (file, reason) =>
      `Expected to write ${file} and beside it, but cannot: ${reason}. Run it as the user that the folder and its files ` +
      'belong to, give them to this one (chown), or set MEKIKI_HOME to another folder',
  ],
  [
    /^SQLITE_(BUSY|LOCKED)(_\w+)?$/,
    'database.busy',
    (file) =>
      `Expected ${file} to be free, another program has kept it locked: end that one or wait, then run it again`,
  ],
  [
    /^SQLITE_(PROTOCOL|IOERR_(SHM\w+|LOCK|UNLOCK|RDLOCK|CHECKRESERVEDLOCK|BLOCKED))$/,
    'database.no-locks',
    (file, reason) =>
      `Expected a file system with locks and shared memory at ${file}, the system says: ${reason}. ` +
      'Set MEKIKI_HOME to a folder on a disk of this machine',
  ],
  [
    /^SQLITE_(NOMEM|IOERR_NOMEM)$/,
    'database.memory',
    () => 'Expected free memory for the database, found none: end other programs and run it again',
  ],
  [
    /^(EIO|ESTALE|SQLITE_IOERR(_\w+)?)$/,
    'database.io',
    (file, reason) =>
      `Expected to read and write ${file}, the disk or its connection fails: ${reason}. Check it, then run it again`,
  ],
]
/** Kysely's, which has no code. */
const NEWER = /previously executed migration/

/**
 * A database error that a person can mend, as UserError disk.full, home.not-writable, database.damaged, .moved, .busy,
 * .no-locks, .memory, .io or .newer, and those of PostgreSQL (postgres/errors.ts); any other as it is.
 */
export function explainDatabaseError(error: unknown, file = 'the database'): unknown {
  if (error instanceof UserError) return error
  const postgres = explainPostgresError(error)
  if (postgres) return postgres
  const code = errorCode(error) ?? ''
  const reason = error instanceof Error ? error.message : String(error)
  const known = EXPLANATIONS.find(([codes]) => codes.test(code))
  if (known) {
    const [, userCode, message] = known
    return new UserError(userCode, message(file, reason), {}, { cause: error })
  }
  if (NEWER.test(reason))
    return new UserError('database.newer', `Expected a database of this version or older at ${file}: update Mekiki`)
  return error
}
