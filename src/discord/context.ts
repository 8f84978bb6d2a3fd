import type { Client } from 'discord.js'
import type { App } from '../app.ts'
import type { CommandRegistry } from '../commands/define.ts'
import type { ServeConfig } from '../config.ts'
import type { Logger } from '../logger.ts'
import type { Blocks } from '../services/blocks.ts'
import type { Cooldowns } from '../services/cooldowns.ts'
import type { SettingsCache } from '../services/settings-cache.ts'
import type { HandedOver, RunningCall } from './calls/running-call.ts'
import type { LearnedReplies } from './learned-replies.ts'
import type { Metrics } from './metrics.ts'
import type { Shard } from './shards/own-servers.ts'
import type { Tasks } from './tasks.ts'

/** What all parts of the bot share. */
export type BotContext = {
  readonly app: App
  readonly commands: CommandRegistry
  readonly serving: ServeConfig
  readonly log: Logger
  readonly client: Client<true>
  readonly cooldowns: Cooldowns
  /** What is decided before an answer is decided with it; everything else reads the database. */
  readonly settings: SettingsCache
  /** Whom the operator keeps out. */
  readonly blocks: Blocks
  readonly metrics: Metrics
  readonly tasks: Tasks
  /** Replies that say later what a training came to. */
  readonly learned: LearnedReplies
  /** Whether the Message Content intent is granted: without it, posts of others arrive empty. */
  readonly seesContent: boolean
  /** Servers that were left are deleted: not before a start has found that they were really left. */
  maySweepServers: boolean
  /** Where the page is, if there is one. */
  readonly pageUrl: string | undefined
  /** Nothing new is begun. */
  isStopping: boolean
  /** Which part of the servers this connection has; undefined: all of them. */
  readonly shard?: Shard | undefined
  /** Where others answer what this process receives (calls/). */
  readonly handedOver?: HandedOver | undefined
  /** The call that is being answered, where another process has received it. */
  readonly call?: RunningCall | undefined
}
