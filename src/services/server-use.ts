import type { Database } from '../db/connection.ts'
import { noteUse } from '../db/server-list.ts'

/** Use is remembered to the hour: a write for each command would be many. */
const HOUR_MS = 3600_000

/** By server: when its use was written last. */
const noted = new Map<string, number>()

/** Remembers that somebody used Mekiki on a server, for `mekiki servers`. */
export async function noteServerUse(db: Database, server: string): Promise<void> {
  const now = performance.now()
  if (now - (noted.get(server) ?? Number.NEGATIVE_INFINITY) < HOUR_MS) return
  noted.set(server, now)
  await noteUse(db, server)
}
