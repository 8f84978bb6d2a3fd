import type { ServiceContext } from '../context.ts'
import { sweepObjects } from '../db/objects/sweep-objects.ts'
import { type Repeating, repeat } from './repeat.ts'

/** PRIVACY.md promises minutes. */
const INTERVAL_MS = 60_000

/** Deletes objects of deleted pictures from the bucket now and then; nothing where there is no bucket. */
export function startSweepingObjects(
  { db }: ServiceContext,
  report: (event: object) => void,
  intervalMs = INTERVAL_MS,
): Repeating {
  const onError = (error: unknown): void => report({ error, what: 'deleting objects from the bucket' })
  return repeat(() => sweepObjects(db), { everyMs: intervalMs, onError })
}
