import { requireKeysOf } from '../data-keys.ts'
import { CompiledQuery, Kysely, PostgresDialect } from '../kysely.ts'
import type { Schema } from '../schema.ts'
import { makePool, placeOf, typesOf } from './connection.ts'
import { enterAlone } from './door.ts'
import { explainPostgresError } from './errors.ts'
import { migratePostgres } from './migrate.ts'
import { reachablePool } from './reachable-pool.ts'
import { requirePostgres } from './requirements.ts'
import { storableTexts } from './storable-text.ts'

/** One does the work, the other brings the schema up to date. */
const CONNECTIONS = 2

/** `keys`: must read every picture, where they are given. */
type Options = { url: string; keys?: Buffer[] | undefined }

/**
 * Works on a PostgreSQL while every other process is kept out, with its schema up to date and by one connection. Whole
 * numbers are read exactly, as bigint. Throws UserError home.in-use, database.*, data.*
 */
export async function workAlone<T>({ url, keys }: Options, work: (one: Kysely<Schema>) => Promise<T>): Promise<T> {
  const pool = reachablePool(await makePool(url, { max: CONNECTIONS, types: await typesOf(BigInt) }), placeOf(url))
  const db = new Kysely<Schema>({
    dialect: new PostgresDialect({
      pool,
      onCreateConnection: async (one) => void (await one.executeQuery(CompiledQuery.raw(SETTINGS))),
    }),
    plugins: [storableTexts],
  })
  try {
    await requirePostgres(pool)
    return await db.connection().execute(async (one) => {
      await enterAlone(one)
      await migratePostgres(db)
      if (keys) await requireKeysOf(one, keys)
      return await work(one)
    })
  } catch (error) {
    throw explainPostgresError(error) ?? error
  } finally {
    await db.destroy()
  }
}

/** What a large copy takes is not known. */
const SETTINGS = `set client_min_messages = warning; set idle_in_transaction_session_timeout = 0; set statement_timeout = 0`
