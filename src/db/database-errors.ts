import { errorCode, UserError } from '../errors.ts'

const NO_SPACE = ['SQLITE_FULL', 'ENOSPC']
const DAMAGED = ['SQLITE_CORRUPT', 'SQLITE_NOTADB']
const NOT_WRITABLE = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'SQLITE_CANTOPEN', 'SQLITE_READONLY']

/**
 * A database error that a person can mend, as UserError disk.full, database.damaged, home.not-writable or
 * database.newer; any other as it is.
 */
export function explainDatabaseError(error: unknown, file = 'the database'): unknown {
  const code = errorCode(error) ?? ''
  const message = error instanceof Error ? error.message : String(error)
  if (NO_SPACE.includes(code))
    return new UserError('disk.full', 'Expected room on the disk, found none: free some and run it again')
  if (DAMAGED.includes(code))
    return new UserError(
      'database.damaged',
      `Expected a database of Mekiki at ${file}, found it damaged: restore a backup`,
    )
  if (NOT_WRITABLE.includes(code))
    return new UserError('home.not-writable', `Expected to write ${file}, but cannot: ${message}`)
  if (/previously executed migration/.test(message))
    return new UserError('database.newer', `Expected a database of this version or older at ${file}: update Mekiki`)
  return error
}
