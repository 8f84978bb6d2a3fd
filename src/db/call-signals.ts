import type { Database } from './connection.ts'
import { isPostgres } from './engine.ts'
import { listen } from './postgres/connection.ts'
import { notify } from './postgres/notify.ts'

/** What PostgreSQL calls it when there are calls to answer. */
const CHANNEL = 'mekiki_calls'

/**
 * Tells the processes that answer calls that there are some. A hint: whoever misses it looks by itself soon.
 * @returns what tells them, once for all calls of one turn of the event loop
 */
export function callSignal(db: Database, onError: (error: unknown) => void): () => void {
  let isDue = false
  return () => {
    if (isDue || !isPostgres(db)) return
    isDue = true
    setImmediate(() => {
      isDue = false
      notify(db, CHANNEL, '').catch(onError)
    })
  }
}

/** Calls a handler whenever there are calls to answer. @returns what ends that */
export const onCallSignal = (db: Database, handler: () => void): Promise<() => void> => listen(db, CHANNEL, handler)
