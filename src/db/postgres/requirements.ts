import type { Pool, PoolClient } from 'pg'
import { UserError } from '../../errors.ts'

/** The oldest PostgreSQL, as `server_version_num`: the next one before lacks functions of its types. */
const MIN_VERSION = 140_000
const PER_MAJOR = 10_000

/**
 * Refuses what Mekiki cannot work with, before anything is written to it.
 * Throws UserError database.too-old, database.encoding, database.pooler
 */
export async function requirePostgres(pool: Pick<Pool, 'connect'>): Promise<void> {
  const clients: PoolClient[] = []
  try {
    clients.push(await pool.connect(), await pool.connect())
    const [one, other] = await Promise.all(clients.map(describe))
    if (one && one.version < MIN_VERSION)
      throw new UserError(
        'database.too-old',
        `Expected PostgreSQL ${MIN_VERSION / PER_MAJOR} or newer, received ${Math.floor(one.version / PER_MAJOR)}: update it`,
      )
    if (one && one.encoding !== 'UTF8')
      throw new UserError(
        'database.encoding',
        `Expected a database in UTF8, received one in ${one.encoding}: create it with --encoding UTF8 --template template0`,
      )
    // Two connections that are open at once have a process of PostgreSQL each.
    if (one?.pid === other?.pid)
      throw new UserError(
        'database.pooler',
        'Expected PostgreSQL itself at DATABASE_URL, received a pooler in transaction mode, which keeps no locks and tells ' +
          'nothing of changes: name the address of PostgreSQL, or set the pooler to session mode',
      )
  } finally {
    for (const client of clients) client.release()
  }
}

async function describe(client: PoolClient): Promise<{ version: number; encoding: string; pid: number }> {
  const { rows } = await client.query(
    `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
      pg_backend_pid() as pid`,
  )
  return rows[0]
}
