import { config } from '../config.ts'
import { startAutoRetrain } from '../services/auto-retrain.ts'
import { startPrecompute } from '../services/backbones/precompute.ts'
import { invitation } from '../services/discord-api.ts'
import { startEmptyingLog } from '../services/write-ahead-log.ts'
import { leaveBlockedServers } from './blocked.ts'
import type { BotContext } from './context.ts'
import { forgetDirectChannels } from './direct-channels.ts'
import { registerCommands } from './interactions/register.ts'
import { registerAllServerCommands, retryServerCommands } from './interactions/register-servers.ts'
import { checkStart, reconcileServers } from './known-servers.ts'
import { catchUpOnDeletions } from './messages/missed-deletions.ts'
import { resumePosts } from './messages/resume-posts.ts'
import { serveMetrics } from './metrics.ts'
import { startNews } from './news.ts'
import { deleteExpiredData } from './retention.ts'

const SWEEP_INTERVAL_MS = 3600_000

export type Background = Awaited<ReturnType<typeof startBackground>>

/** Starts what runs beside the answers. Resolves to what has to be closed. */
export async function startBackground(bot: BotContext) {
  const { app, client, log, seesContent, serving, tasks } = bot
  const retrainer = startAutoRetrain(app, (event) => log.info(event, 'retraining'))
  const precompute = startPrecompute(app, (event) => log.error(event, 'unexpected error'))
  const news = startNews(bot)
  const emptyingLog = startEmptyingLog(app, (event) => log.error(event, 'unexpected error'))
  const metricsServer =
    serving.metricsPort === undefined
      ? undefined
      : await serveMetrics({ host: serving.metricsHost, port: serving.metricsPort }, bot.metrics, health)
  const sweeper = setInterval(() => {
    forgetDirectChannels(client)
    tasks.track('sweep', deleteExpiredData(bot))
    tasks.track('commands', retryServerCommands(bot))
  }, SWEEP_INTERVAL_MS)
  bot.blocks.follow({
    onChange: () => tasks.track('blocks', leaveBlockedServers(bot)),
    onError: (err) => log.error({ err }, 'what is blocked cannot be read'),
  })
  tasks.track('servers', catchUp(bot))
  tasks.track('messages', resumePosts(bot))
  tasks.track('deletion', catchUpOnDeletions(bot))
  log.info(
    {
      bot: client.user.username,
      servers: client.guilds.cache.size,
      seesContent,
      metricsPort: metricsServer?.port,
      data: config.home,
      invitation: invitation(client.application.id),
    },
    'ready',
  )
  return { retrainer, precompute, news, emptyingLog, metricsServer, sweeper }

  function health() {
    const ok = client.isReady() && !bot.isStopping
    return { ok, waiting: app.queue.waitingCount, servers: client.guilds.cache.size }
  }
}

/** What differs from what Discord and the database knew. The check comes first: it asks whether commands are registered. */
async function catchUp(bot: BotContext): Promise<void> {
  await leaveBlockedServers(bot)
  const start = await checkStart(bot)
  await reconcileServers(bot, start)
  // Those of all servers come last: until version 0.2 they held what each server has for itself now.
  await registerAllServerCommands(bot)
  const changed = await registerCommands(bot)
  bot.log.info({ changed }, 'commands registered')
  await deleteExpiredData(bot)
}
