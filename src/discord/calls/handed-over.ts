import type { App } from '../../app.ts'
import { callSignal } from '../../db/call-signals.ts'
import { isPostgres } from '../../db/engine.ts'
import type { Logger } from '../../logger.ts'
import { RawEvents } from './raw-events.ts'
import type { HandedOver } from './running-call.ts'

/** Undefined where one process does everything, and answers what it receives itself. */
export function handedOverBy({ db }: App, log: Logger): HandedOver | undefined {
  if (!isPostgres(db)) return undefined
  const wake = callSignal(db, (err) => log.debug({ err }, 'those that answer calls could not be told of one'))
  return { raw: new RawEvents(), wake }
}
