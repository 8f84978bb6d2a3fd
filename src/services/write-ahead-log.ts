import type { ServiceContext } from '../context.ts'
import { emptyWriteAheadLog } from '../db/write-ahead-log.ts'

/** PRIVACY.md promises a minute for what was forgotten to be gone from the log; one miss is allowed for. */
const INTERVAL_MS = 25_000

/** Empties the write-ahead log now and then, so that what was deleted does not stay in it. */
export function startEmptyingLog({ db }: ServiceContext, report: (event: object) => void, intervalMs = INTERVAL_MS) {
  let running = Promise.resolve()
  const timer = setInterval(() => {
    running = running.then(() => emptyWriteAheadLog(db)).catch((error) => report({ error, what: 'emptying the log' }))
  }, intervalMs)
  timer.unref()
  return {
    async stop(): Promise<void> {
      clearInterval(timer)
      await running
    },
  }
}
