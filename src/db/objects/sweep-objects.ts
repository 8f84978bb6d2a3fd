import type { Database } from '../connection.ts'
import { bucketOf } from './bucket-of.ts'

/** Few, so that a bucket that hangs is soon left alone. */
const AT_ONCE = 100

/** Rows have none of these keys, whatever was noted of them: in a database that was put together by hand, say. */
async function unreferenced(db: Database, keys: string[]): Promise<string[]> {
  const rows = await db.selectFrom('pictures').select('object').where('object', 'in', keys).execute()
  const used = new Set(rows.map((row) => row.object))
  return keys.filter((key) => !used.has(key))
}

/**
 * Deletes objects that no row refers to, then forgets them: cut off, it goes on with the next call.
 * @param now those that are due by then. @returns how many it deleted. Throws UserError bucket.*
 */
export async function sweepObjects(db: Database, now = Date.now()): Promise<number> {
  const bucket = bucketOf(db)
  if (!bucket) return 0
  for (let swept = 0; ; ) {
    const rows = await db
      .selectFrom('unreferenced_objects')
      .select('key')
      .where('at', '<=', now)
      .orderBy('at')
      .limit(AT_ONCE)
      .execute()
    if (rows.length === 0) return swept
    const keys = rows.map((row) => row.key)
    const free = await unreferenced(db, keys)
    const deletions = await Promise.allSettled(free.map((key) => bucket.delete(key)))
    const kept = new Set(free.filter((_, i) => deletions[i]?.status === 'rejected'))
    const gone = keys.filter((key) => !kept.has(key))
    if (gone.length > 0) await db.deleteFrom('unreferenced_objects').where('key', 'in', gone).execute()
    swept += free.length - kept.size
    const failed = deletions.find((deletion) => deletion.status === 'rejected')
    if (failed) throw failed.reason
  }
}

/** How many objects wait to be deleted, those that may still get their row left out. */
export async function countDueObjects(db: Database): Promise<number> {
  const query = db.selectFrom('unreferenced_objects').select((e) => e.fn.countAll<number>().as('n'))
  return (await query.where('at', '<=', Date.now()).executeTakeFirstOrThrow()).n
}
