import { setTimeout as sleep } from 'node:timers/promises'
import { explainDatabaseError } from '../../db/database-errors.ts'
import { UserError } from '../../errors.ts'
import type { Logger } from '../../logger.ts'

/** Discord waits three seconds for an acknowledgement. What the database has not taken by then is refused. */
const COMMIT_WITHIN_MS = 1_500

/** What the database takes, if it takes it in time. Throws UserError busy.full: it did not, or failed; disk.full */
export async function inTime<T>(work: Promise<T>, log: Logger, withinMs = COMMIT_WITHIN_MS): Promise<T> {
  const timer = new AbortController()
  try {
    const late = sleep(withinMs, undefined, { signal: timer.signal, ref: false }).then(() => {
      throw new Error(`Expected the database to take it within ${withinMs} ms`)
    })
    return await Promise.race([work, late])
  } catch (cause) {
    log.warn({ err: cause }, 'a call could not be written down: somebody is told to try again')
    const explained = explainDatabaseError(cause)
    // To try again in a minute helps nobody there.
    if (explained instanceof UserError && explained.code === 'disk.full') throw explained
    throw new UserError('busy.full', 'Expected a database that takes a call in time, it did not', {}, { cause })
  } finally {
    timer.abort()
  }
}
