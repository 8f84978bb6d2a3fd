import '../discord/proxy.ts'
import { isPostgres } from '../db/engine.ts'
import { connect } from '../discord/client.ts'
import { requestLimitOf } from '../discord/request-limit.ts'
import { CHAT_LIMITS, Cooldowns } from '../services/cooldowns.ts'
import type { ServedSite } from '../web/discord-site.ts'
import { Chat, watchChats } from './chat.ts'
import type { RoleContext, RunningRole } from './roles.ts'
import { startShards } from './shards.ts'

/**
 * Connects to Discord and answers what comes: with one connection of all shards, or with this process's part of them.
 * @param page served by the same process. Throws UserError discord.*, shards.*
 */
export async function startGateway(context: RoleContext, page: ServedSite | undefined): Promise<RunningRole> {
  if (isPostgres(context.app.db)) return startShards(context, page)
  const { stop, log, serving, app } = context
  const chat = await connect({
    ...{ serving, log, signal: stop.signal, limit: requestLimitOf(app.db) },
    onReady: (client, seesContent) =>
      new Chat(context, { client, seesContent, cooldowns: new Cooldowns(CHAT_LIMITS), pageUrl: page?.url }),
    onTokenRevoked: () => stop.abort('discord.token'),
  })
  watchChats(context, () => [chat])
  await chat.startBackground()
  const { bot } = chat
  return {
    name: 'gateway',
    health: () => ({ ok: bot.client.isReady() && !bot.isStopping, servers: bot.client.guilds.cache.size }),
    work: () => ({ calls: bot.tasks.count }),
    shards: () => [...bot.client.ws.shards.keys()],
    drain: () => chat.drain(),
    close: () => chat.close(),
  }
}
