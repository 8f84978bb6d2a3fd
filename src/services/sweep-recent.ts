import type { ServiceContext } from '../context.ts'
import { isPostgres } from '../db/engine.ts'
import { takeTurn } from '../db/leadership.ts'
import { SWEEP_EVERY_MS, sweepRecentFeatures } from '../db/recent-features.ts'
import { repeat } from './repeat.ts'

/** Deletes features of what was asked about an hour ago, once for all processes; on SQLite they are in memory alone. */
export function startSweepingRecent(
  { db }: ServiceContext,
  report: (event: object) => void,
  everyMs = SWEEP_EVERY_MS,
): { stop(): Promise<void> } {
  const sweep = async (): Promise<void> => {
    if (await takeTurn(db, 'sweep recent features', everyMs)) await sweepRecentFeatures(db)
  }
  if (!isPostgres(db)) return { stop: async () => {} }
  return repeat(sweep, { everyMs, onError: (error) => report({ error, what: 'deleting features' }) })
}
