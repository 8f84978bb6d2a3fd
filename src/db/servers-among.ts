import { chunks } from './chunks.ts'
import type { Database } from './connection.ts'

/** Those of some servers that the bot is on. */
export async function listPresentAmong(db: Database, ids: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const some of chunks(ids)) {
    const present = db.selectFrom('servers').select('id').where('id', 'in', some).where('left_at', 'is', null)
    found.push(...(await present.execute()).map(({ id }) => id))
  }
  return found
}
