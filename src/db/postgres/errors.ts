import { errorCode, UserError } from '../../errors.ts'
import { isConnectionLost } from './lost-connection.ts'

type Explanation = [codes: RegExp, userCode: string, message: (reason: string) => string]

/** The first that matches the code (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const EXPLANATIONS: Explanation[] = [
  [
    /^53100$/,
    'disk.full',
    () => 'Expected room on the disk of PostgreSQL, found none: free some there and run it again',
  ],
  [
    /^53200$/,
    'database.memory',
    (reason) => `Expected free memory on the machine of PostgreSQL, found none: ${reason}`,
  ],
  [
    /^53300$/,
    'database.connections',
    (reason) =>
      `Expected a free connection of PostgreSQL, it says: ${reason}. Stop a process that needs none, or raise max_connections`,
  ],
  [
    /^28/,
    'database.login',
    (reason) => `Expected PostgreSQL to accept the user and password of DATABASE_URL, it says: ${reason}`,
  ],
  [
    /^3D000$/,
    'database.missing',
    (reason) =>
      `Expected the database of DATABASE_URL, PostgreSQL says: ${reason}. Make it (createdb), then run it again`,
  ],
  [
    /^(42501|3F000)$/,
    'database.rights',
    (reason) =>
      `Expected to make and change tables, PostgreSQL says: ${reason}. Give the user of DATABASE_URL the database ` +
      '(alter database … owner to …) or all rights on its schema public, and the tables that are there (alter table … owner to …)',
  ],
  [
    /^25006$/,
    'database.read-only',
    () => 'Expected a PostgreSQL that can be written, found one that only reads: DATABASE_URL must name the primary',
  ],
  [
    /^(55P03|57014|40P01|40001|25P03)$/,
    'database.busy',
    (reason) => `Expected the database to be free, others have kept it locked: ${reason}. Wait, then run it again`,
  ],
  [
    /^(XX00[12])$/,
    'database.damaged',
    (reason) => `Expected a whole database, PostgreSQL says: ${reason}. Restore a backup`,
  ],
  [/^58/, 'database.io', (reason) => `Expected PostgreSQL to read and write its disk, it says: ${reason}`],
  [
    /^08P01$/,
    'database.pooler',
    (reason) => `Expected PostgreSQL itself at DATABASE_URL, something between says: ${reason}`,
  ],
]

const DISK_FULL = '53100'
/** What PostgreSQL says, without a code of its own, where a first connection to a database finds its disk full. */
const NO_ROOM = /^could not write init file$/

/** What pg says of a connection that ended. */
const LOST = /^(Connection terminated|Client has encountered a connection error)/

/** An error of PostgreSQL that a person can mend, as UserError; undefined: it is another one. */
export function explainPostgresError(error: unknown): UserError | undefined {
  if (!(error instanceof Error)) return undefined
  if (LOST.test(error.message)) return unreachable(error, 'DATABASE_URL')
  // Codes of five characters are those of others, too.
  if (!('severity' in error)) return undefined
  const code = NO_ROOM.test(error.message) ? DISK_FULL : (errorCode(error) ?? '')
  const known = EXPLANATIONS.find(([codes]) => codes.test(code))
  if (known) return new UserError(known[1], known[2](error.message), {}, { cause: error })
  return isConnectionLost(error) ? unreachable(error, 'DATABASE_URL') : undefined
}

/** @param where of which database, without its password */
export function unreachable(error: unknown, where: string): UserError {
  const reason = error instanceof AggregateError ? error.errors.map(String).join('; ') : reasonOf(error)
  return new UserError(
    'database.unreachable',
    `Expected a PostgreSQL at ${where}, cannot reach it: ${reason}. Check that it runs, and that nothing is in the way`,
    {},
    { cause: error },
  )
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
