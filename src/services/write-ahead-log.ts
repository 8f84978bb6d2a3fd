import type { ServiceContext } from '../context.ts'
import { isPostgres } from '../db/engine.ts'
import { takeTurn } from '../db/leadership.ts'
import { emptyWriteAheadLog } from '../db/write-ahead-log.ts'
import { type Repeating, repeat } from './repeat.ts'

/** PRIVACY.md promises a minute for what was forgotten to be gone from the log; one miss is allowed for. */
const INTERVAL_MS = 25_000

/** Empties the write-ahead log now and then, so that what was deleted does not stay in it. */
export function startEmptyingLog(
  { db }: ServiceContext,
  report: (event: object) => void,
  intervalMs = INTERVAL_MS,
): Repeating {
  const empty = async (): Promise<void> => {
    // On PostgreSQL one process does it for all of them; none may come a moment too early to have its turn.
    if (isPostgres(db) && !(await takeTurn(db, 'empty', intervalMs / 2))) return
    await emptyWriteAheadLog(db)
  }
  return repeat(empty, { everyMs: intervalMs, onError: (error) => report({ error, what: 'emptying the log' }) })
}
