import type { Client } from 'discord.js'
import type { App } from '../app.ts'
import type { CommandRegistry } from '../commands/find.ts'
import type { Serving } from '../config.ts'
import type { Logger } from '../logger.ts'
import type { Cooldowns } from './cooldowns.ts'
import type { Metrics } from './metrics.ts'

/** What all parts of the bot share. */
export type BotContext = {
  app: App
  commands: CommandRegistry
  serving: Serving
  log: Logger
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
export function track(bot: BotContext, work: Promise<unknown>): void {
  const ended = work.finally(() => bot.work.delete(ended))
  bot.work.add(ended)
}
