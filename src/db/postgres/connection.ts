import type { CustomTypesConfig, Pool, PoolConfig } from 'pg'
import { requireKeysOf } from '../data-keys.ts'
import { CompiledQuery, HandleEmptyInListsPlugin, Kysely, replaceWithNoncontingentExpression } from '../kysely.ts'
import type { Schema } from '../schema.ts'
import { clientOptions } from './client-options.ts'
import { ReachableDialect } from './dialect.ts'
import { enter } from './door.ts'
import { explainPostgresError } from './errors.ts'
import { migratePostgres } from './migrate.ts'
import { Listener } from './notify.ts'
import { reachablePool } from './reachable-pool.ts'
import { requirePostgres } from './requirements.ts'
import { storableTexts } from './storable-text.ts'

/** Connections of a process: of the 100 that a server allows, so that ten processes have room. */
const POOL_SIZE = 9
/** For a lock that another transaction holds, as long as on SQLite; and a transaction that does nothing meanwhile. */
const [LOCK_TIMEOUT_MS, IDLE_TIMEOUT_MS] = [60_000, 300_000]
/** PostgreSQL's numbers of types: bigint, numeric, boolean. */
const [INT8, NUMERIC, BOOL] = [20, 1700, 16]

/** As SQLite has it: every number a number, and yes and no 1 and 0. No number of Mekiki is over 2^53. */
const parsers = new Map<number, (text: string) => number>([
  [INT8, Number],
  [NUMERIC, Number],
  [BOOL, (text) => Number(text === 't')],
])

/** How values are read. `int8`: bigint, as which type */
export async function typesOf(int8: (text: string) => number | bigint): Promise<CustomTypesConfig> {
  const { default: pg } = await import('pg')
  const all = new Map([...parsers, [INT8, int8]])
  return { getTypeParser: (id: number, format) => all.get(id) ?? pg.types.getTypeParser(id, format) }
}

/** A pool of connections, none of which is open yet; pg is loaded by those alone who have a PostgreSQL. */
export async function makePool(url: string, options: PoolConfig): Promise<Pool> {
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({ ...clientOptions(url), ...options })
  // A connection that breaks is replaced, and whoever uses it is told by their query; without listeners it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** Statements, not parameters of the start: poolers between know few of those. */
const SETTINGS = `set lock_timeout = ${LOCK_TIMEOUT_MS}; set idle_in_transaction_session_timeout = ${IDLE_TIMEOUT_MS};
  set default_transaction_isolation = 'read committed'; set client_min_messages = warning`

/** `keys`: must read every picture, where they are given. */
type PostgresOptions = { keys?: Buffer[] | undefined }

/**
 * Opens a PostgreSQL and brings its schema up to date, once for all processes that start. @param url postgres://…
 * Throws UserError database.*, home.moved, home.moving, data.key-missing, data.key-wrong
 */
export async function openPostgres(url: string, { keys }: PostgresOptions = {}): Promise<Kysely<Schema>> {
  const pool = await makePool(url, {
    max: POOL_SIZE,
    types: await typesOf(Number),
    verify: (client, done) => void enter(client).then(() => done(), done),
  })
  const where = placeOf(url)
  const reachable = reachablePool(pool, where)
  const dialect = new ReachableDialect({
    pool: reachable,
    where,
    onCreateConnection: async (connection) => void (await connection.executeQuery(CompiledQuery.raw(SETTINGS))),
  })
  const db = new PostgresDatabase(dialect, new Listener(url))
  try {
    await requirePostgres(reachable)
    await migratePostgres(db)
    if (keys) await requireKeysOf(db, keys)
    return db
  } catch (error) {
    await db.destroy()
    throw explainPostgresError(error) ?? error
  }
}

/** Where a database is, without who may use it. */
export function placeOf(url: string): string {
  const { host, pathname, searchParams } = new URL(url)
  return `${host || (searchParams.get('host') ?? '')}${pathname}`
}

/** SQLite knows lists of nothing: no row is in them. */
const EMPTY_LISTS = new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression })

/** Has what listens to other processes beside it, which goes with it. */
class PostgresDatabase extends Kysely<Schema> {
  readonly listener: Listener

  constructor(dialect: ReachableDialect, listener: Listener) {
    super({ dialect, plugins: [EMPTY_LISTS, storableTexts] })
    this.listener = listener
  }

  override async destroy(): Promise<void> {
    await this.listener.close()
    await super.destroy()
  }
}

/**
 * Calls a handler with what any process tells on a channel (notify.ts) from now on. @returns what ends that
 * @param db a PostgreSQL: on SQLite nobody else is there to tell anything
 */
export async function listen(
  db: Kysely<Schema>,
  channel: string,
  handler: (payload: string) => void,
): Promise<() => void> {
  return db instanceof PostgresDatabase ? db.listener.listen(channel, handler) : () => {}
}
