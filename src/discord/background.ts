import { config } from '../config.ts'
import { invitation } from '../services/discord-api.ts'
import { leaveBlockedServers } from './blocked.ts'
import type { BotContext } from './context.ts'
import { forgetDirectChannels } from './direct-channels.ts'
import { registerCommands } from './interactions/register.ts'
import { registerAllServerCommands, retryServerCommands } from './interactions/register-servers.ts'
import { checkStart, reconcileServers } from './known-servers.ts'
import { catchUpOnDeletions } from './messages/missed-deletions.ts'
import { resumePosts } from './messages/resume-posts.ts'
import { startNews } from './news.ts'
import { deleteExpiredData } from './retention.ts'

const SWEEP_INTERVAL_MS = 3600_000

/**
 * Starts what runs beside the answers. Resolves to what stops it.
 * @param isContinued another connection had the same servers until this one did: nothing was missed
 */
export async function startBackground(bot: BotContext, isContinued = false): Promise<{ stop(): void }> {
  const { client, log, seesContent, serving, tasks } = bot
  const news = startNews(bot)
  const sweeper = setInterval(() => {
    forgetDirectChannels(client)
    tasks.track('sweep', deleteExpiredData(bot))
    tasks.track('commands', retryServerCommands(bot))
  }, SWEEP_INTERVAL_MS)
  tasks.track('servers', catchUp(bot))
  tasks.track('messages', resumePosts(bot))
  if (!isContinued) tasks.track('deletion', catchUpOnDeletions(bot))
  log.info(
    {
      bot: client.user.username,
      servers: client.guilds.cache.size,
      ...(bot.shard && { shard: bot.shard.id }),
      seesContent,
      metricsPort: serving.metricsPort,
      data: config.home,
      invitation: invitation(client.application.id),
    },
    'ready',
  )
  return {
    stop() {
      clearInterval(sweeper)
      news.stop()
    },
  }
}

/** What differs from what Discord and the database knew. The check comes first: it asks whether commands are registered. */
async function catchUp(bot: BotContext): Promise<void> {
  await leaveBlockedServers(bot)
  const start = await checkStart(bot)
  await reconcileServers(bot, start)
  // Those of all servers come last: until version 0.2 they held what each server has for itself now.
  await registerAllServerCommands(bot)
  // For all shards the first one does it.
  if (!bot.shard || bot.shard.id === 0) bot.log.info({ changed: await registerCommands(bot) }, 'commands registered')
  await deleteExpiredData(bot)
}
