import { setTimeout } from 'node:timers/promises'
import type { ClientBase } from 'pg'
import { errorCode, UserError } from '../../errors.ts'
import { type Kysely, sql } from '../kysely.ts'
import { MARK_QUERY, parseMark, refuseMoved } from '../moves/mark.ts'
import type { Schema } from '../schema.ts'

// Every connection of a process shares a lock, which whoever moves or replaces the whole database has alone, as the lock of SQLite's
// file: held by a connection, it goes with its process, however that ends.

/** Of the advisory lock, in this database. */
const LOCK = 1_937_002
/** Connections of a process that has just ended close within moments. */
const [TRIES, WAIT_MS] = [15, 200]
/** Of PostgreSQL: there is no such table yet. */
const NO_TABLE = '42P01'
/** Processes that are named. */
const MAX_NAMED = 5

/** Before a connection is used first. Throws UserError home.moving, home.moved */
export async function enter(client: ClientBase): Promise<void> {
  const { rows } = await client.query(`select pg_try_advisory_lock_shared(${LOCK})::int as entered`)
  if (!rows[0].entered)
    throw new UserError(
      'home.moving',
      'Expected the database to be free, found that it is being moved or restored: wait until that has ended',
    )
  try {
    const marks = await client.query(MARK_QUERY)
    refuseMoved(parseMark(marks.rows[0]?.value))
  } catch (error) {
    if (errorCode(error) !== NO_TABLE) throw error
  }
}

/** Keeps all others out as long as this connection lasts. Throws UserError home.in-use */
export async function enterAlone(one: Kysely<Schema>): Promise<void> {
  for (let i = 0; ; i++) {
    const { rows } = await sql<{
      entered: number
    }>`select pg_try_advisory_lock(${sql.raw(`${LOCK}`)}) as entered`.execute(one)
    if (rows[0]?.entered) return
    if (i === TRIES) throw inUse(await listOthers(one))
    await setTimeout(WAIT_MS)
  }
}

/** @returns who they are, as in `pid 12 at 10.0.0.7` */
async function listOthers(one: Kysely<Schema>): Promise<string[]> {
  const { rows } = await sql<{ pid: number; host: string | null }>`select pid, host(client_addr) as host
    from pg_locks join pg_stat_activity using (pid)
    where locktype = 'advisory' and objid = ${sql.raw(`${LOCK}`)} and pg_locks.database = pg_stat_activity.datid and granted
    order by pid limit ${MAX_NAMED}`.execute(one)
  return rows.map(({ pid, host }) => `${pid} from ${host ?? 'this machine'}`)
}

const inUse = (others: string[]): UserError =>
  new UserError(
    'home.in-use',
    `Expected to be the only process that uses the database, but others do (its connections ${others.join(', ')}): ` +
      'stop them (`serve`?), and try again',
  )
