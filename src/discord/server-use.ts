import { noteUse } from '../db/server-list.ts'
import type { BotContext } from './context.ts'

/** Use is remembered to the hour: a write for each command would be many. */
const HOUR_MS = 3600_000

/** By server: when its use was written last. */
const noted = new Map<string, number>()

/** Remembers that somebody used the bot on a server, for `mekiki servers`. */
export function noteServerUse({ app, tasks }: BotContext, server: string): void {
  const now = performance.now()
  if (now - (noted.get(server) ?? Number.NEGATIVE_INFINITY) < HOUR_MS) return
  noted.set(server, now)
  tasks.track('use', noteUse(app.db, server))
}
