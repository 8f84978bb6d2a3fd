import type { Client } from 'discord.js'
import { startBackground } from '../discord/background.ts'
import { leaveBlockedServers } from '../discord/blocked.ts'
import { handedOverBy } from '../discord/calls/handed-over.ts'
import type { BotContext } from '../discord/context.ts'
import { listen } from '../discord/events/listen.ts'
import { LearnedReplies } from '../discord/learned-replies.ts'
import { metricsOf } from '../discord/metrics.ts'
import type { Shard } from '../discord/shards/own-servers.ts'
import { Tasks } from '../discord/tasks.ts'
import type { Cooldowns } from '../services/cooldowns.ts'
import { watchStates } from '../services/process-metrics.ts'
import type { RoleContext } from './roles.ts'
import { ABORT_MS, within } from './within.ts'

/** How long what was begun on a connection may take once another one has its servers. */
const FINISH_MS = 6_000

type Connected = {
  client: Client<true>
  seesContent: boolean
  cooldowns: Cooldowns
  pageUrl: string | undefined
  /** Which of the servers it has; left out: all. */
  shard?: Shard
}

/** A connection that answers. */
export class Chat {
  readonly bot: BotContext
  private readonly stopListening: () => void
  private readonly detach: () => void
  private background: { stop(): void } | undefined

  /** Answers from now on. */
  constructor(context: RoleContext, connected: Connected) {
    const { app, commands, serving, settings, blocks, log, registry, members } = context
    this.bot = {
      ...{ app, commands, serving, settings, blocks, log, ...connected },
      metrics: metricsOf(registry),
      maySweepServers: false,
      isStopping: false,
      tasks: new Tasks(log),
      learned: new LearnedReplies(),
      handedOver: handedOverBy(app, log),
    }
    this.detach = members.attach(connected.client)
    this.stopListening = listen(this.bot)
  }

  /** @param isContinued another connection had the same servers until now */
  async startBackground(isContinued = false): Promise<void> {
    this.background = await startBackground(this.bot, isContinued)
  }

  /** Another connection answers what comes from now on. Ends once what has begun is done. */
  async retire(): Promise<void> {
    this.stopListening()
    this.detach()
    this.background?.stop()
    await within(FINISH_MS, this.bot.tasks.settled())
    await this.close()
  }

  /** Takes nothing new, and says so to whoever asks. Resolves once what has begun is done. */
  async drain(): Promise<void> {
    this.bot.isStopping = true
    this.bot.cooldowns.stop()
    this.background?.stop()
    await this.bot.tasks.settled()
  }

  async close(): Promise<void> {
    this.background?.stop()
    await within(ABORT_MS, this.bot.tasks.settled())
    await this.bot.client.destroy()
  }
}

/** What is the same however many connections a process has. @param chats those that it has at a moment */
export function watchChats({ registry, blocks, log }: RoleContext, chats: () => Chat[]): void {
  const clients = (): Client<true>[] => chats().map(({ bot }) => bot.client)
  const areReady = (): boolean => clients().length > 0 && clients().every((client) => client.isReady())
  const servers = (): number => clients().reduce((sum, client) => sum + client.guilds.cache.size, 0)
  watchStates(registry, [
    ['mekiki_connected', '1 while Discord is connected', () => Number(areReady())],
    ['mekiki_servers', 'Servers that the bot is in', servers],
  ])
  blocks.follow({
    onChange: () => {
      for (const { bot } of chats()) bot.tasks.track('blocks', leaveBlockedServers(bot))
    },
    onError: (err) => log.error({ err }, 'what is blocked cannot be read'),
  })
}
