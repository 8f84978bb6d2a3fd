import { BATCH, inBatches } from './chunks.ts'
import type { Database } from './connection.ts'
import { databaseNow, readDatabaseNow } from './database-clock.ts'
import { encryptionOf } from './encryption.ts'
import { sql } from './kysely.ts'

// Features of what was asked about last, on PostgreSQL, where the process that is asked why is often not the one that
// answered. They come from pictures that are not stored: the table is in no log, they are sealed where there is a key, and
// they are gone within the hour.

const HOUR_MS = 3600_000
/** Between sweeps, whichever process does it. */
export const SWEEP_EVERY_MS = 5 * 60_000
/** So that a sweep that is late still keeps the hour. */
const KEPT_MS = HOUR_MS - 2 * SWEEP_EVERY_MS

/** The features of recent answers, for all processes. */
export const openRecentFeatures = (db: Database) => ({
  async set(id: string, features: Float32Array): Promise<void> {
    const plain = new Uint8Array(features.buffer, features.byteOffset, features.byteLength)
    const bytes = encryptionOf(db).encrypt(plain)
    await db
      .insertInto('recent_features')
      .values({ id, bytes, at: databaseNow(db) })
      .execute()
  },

  async get(id: string): Promise<Float32Array | undefined> {
    const row = await db
      .selectFrom('recent_features')
      .select('bytes')
      .where('id', '=', id)
      .where('at', '>', sql<number>`${databaseNow(db)} - ${sql.lit(KEPT_MS)}`)
      .limit(1)
      .executeTakeFirst()
    if (!row) return undefined
    const plain = encryptionOf(db).decrypt(row.bytes)
    return new Float32Array(Uint8Array.from(plain).buffer)
  },
})

/** Deletes those that are too old. */
export async function sweepRecentFeatures(db: Database): Promise<void> {
  const oldest = (await readDatabaseNow(db)) - KEPT_MS
  const some = db.selectFrom('recent_features').select('id').where('at', '<=', oldest).limit(BATCH)
  await inBatches(() => db.deleteFrom('recent_features').where('id', 'in', some).executeTakeFirstOrThrow())
}
