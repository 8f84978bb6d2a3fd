import { Keyv, KeyvBridgeAdapter } from 'keyv'
import { BATCH, inBatches } from './chunks.ts'
import type { Database } from './connection.ts'

/** Small values that expire: what a button stands for, a question that waits for a person's yes. */
export type TtlStore = Keyv

/** Keyv on the one database. `ttl` of its `set` is in milliseconds; a value without one stays. */
export function openTtlStore(db: Database): TtlStore {
  return new Keyv({
    store: new KeyvBridgeAdapter({
      async get(key) {
        const row = await db.selectFrom('expiring').select('value').where('key', '=', key).limit(1).executeTakeFirst()
        return row?.value
      },
      async set(key, value: string, ttl) {
        const expires_at = ttl ? Date.now() + ttl : null
        await db
          .insertInto('expiring')
          .values({ key, value, expires_at })
          .onConflict((c) => c.column('key').doUpdateSet({ value, expires_at }))
          .execute()
      },
      async delete(key) {
        const { numDeletedRows } = await db.deleteFrom('expiring').where('key', '=', key).executeTakeFirst()
        return numDeletedRows > 0n
      },
      async clear() {
        await db.deleteFrom('expiring').execute()
      },
    }),
  })
}

/** The keys that begin with a prefix, expired or not. */
export async function listKeys(db: Database, prefix: string): Promise<string[]> {
  const query = db.selectFrom('expiring').select('key').where('key', '>=', prefix).where('key', '<', `${prefix}\uffff`)
  return (await query.limit(BATCH).execute()).map(({ key }) => key)
}

/** Deletes what has expired. Keyv itself deletes only what it is asked for too late. */
export async function sweepExpired(db: Database): Promise<void> {
  const some = db.selectFrom('expiring').select('key').where('expires_at', '<', Date.now()).limit(BATCH)
  await inBatches(() => db.deleteFrom('expiring').where('key', 'in', some).executeTakeFirstOrThrow())
}
