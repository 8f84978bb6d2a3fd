import type { Client } from 'discord.js'
import type { App } from '../app.ts'
import type { Serving } from '../config.ts'
import type { Log } from '../logger.ts'
import type { Cooldowns } from './cooldowns.ts'
import type { Metrics } from './metrics.ts'

/** What everything at this door stands on. */
export type Door = {
  app: App
  serving: Serving
  log: Log
  client: Client<true>
  cooldowns: Cooldowns
  metrics: Metrics
  /** Whether messages of others come with what is in them. */
  seesContent: boolean
  /** Work that a stop waits for. */
  work: Set<Promise<unknown>>
  /** Nothing new is begun. */
  isStopping: boolean
}

/** Keeps a piece of work in sight until it has ended. It must not fail: whoever starts it says what happens then. */
export function inSight(door: Door, work: Promise<unknown>): void {
  const ended = work.finally(() => door.work.delete(ended))
  door.work.add(ended)
}
