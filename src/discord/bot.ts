import { openApp } from '../app.ts'
import type { CommandRegistry } from '../commands/define.ts'
import { config, readKeys, readServeConfig, type ServeConfig } from '../config.ts'
import { explainDatabaseError } from '../db/database-errors.ts'
import { UserError } from '../errors.ts'
import { type Logger, openLogger } from '../logger.ts'
import { startAutoRetrain } from '../services/auto-retrain.ts'
import { startPrecompute } from '../services/backbones/precompute.ts'
import { connect } from './client.ts'
import type { BotContext } from './context.ts'
import { Cooldowns } from './cooldowns.ts'
import { reconcileServers } from './events/guild-membership.ts'
import { listen } from './events/listen.ts'
import { registerCommands } from './interactions/register.ts'
import { resumePosts } from './messages/resume-posts.ts'
import { openMetrics, serveMetrics } from './metrics.ts'
import { deleteExpiredData } from './retention.ts'
import { closeBot } from './shutdown.ts'
import { delayAfterCrashes } from './startup-backoff.ts'
import { Tasks } from './tasks.ts'

const SWEEP_INTERVAL_MS = 3600_000

const NO_TOKEN = `There is no DISCORD_TOKEN, so there is no bot to run. To set one up:
  copy .env.example to .env and put your bot's token into it (docs/discord.md: from the Developer Portal to the first answer).
Everything else works without a token: npm run -s mekiki -- --help lists the commands, npm run demo shows them.`

/** One answers while another reads something large. */
const DATABASE_READERS = 2

/** Serves Discord until it is told to stop. Resolves to the exit status of the process. */
export async function runDiscord(commands: CommandRegistry): Promise<number> {
  let log: Logger | undefined
  try {
    const serving = readServeConfig()
    if (!serving.token) {
      process.stderr.write(`${NO_TOKEN}\n`)
      return 1
    }
    log = openLogger(serving.logLevel)
    await serve(commands, { ...serving, token: serving.token }, log)
    return 0
  } catch (error) {
    const explained = explainDatabaseError(error)
    if (!(explained instanceof UserError)) {
      log?.fatal({ err: error }, 'unexpected error')
      throw error
    }
    process.stderr.write(`${explained.message} (${explained.code})\n`)
    return 1
  }
}

type StopReason = NodeJS.Signals | 'token revoked'

async function serve(commands: CommandRegistry, serving: ServeConfig & { token: string }, log: Logger): Promise<void> {
  const stop = Promise.withResolvers<StopReason>()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.resolve(signal))
  const app = await openApp(config.home, readKeys(), DATABASE_READERS)
  await delayAfterCrashes(app, log)
  const bot = await connect(serving, log, {
    onReady(client, seesContent): BotContext {
      const metrics = openMetrics(app)
      const shared = { app, commands, serving, log, client, seesContent, metrics }
      const bot = { ...shared, cooldowns: new Cooldowns(), tasks: new Tasks(log), isStopping: false }
      listen(bot)
      return bot
    },
    onTokenRevoked: () => stop.resolve('token revoked'),
  })
  const background = await startBackground(bot)
  const reason = await stop.promise
  log.info({ reason }, 'stopping')
  await closeBot(bot, background)
  log.info('stopped')
  if (reason === 'token revoked')
    throw new UserError('discord.token', 'Expected a valid token, but Discord no longer accepts it')
}

/** Starts what runs beside the answers. Resolves to what has to be closed. */
async function startBackground(bot: BotContext) {
  const { app, client, log, seesContent, serving, tasks } = bot
  const retrainer = startAutoRetrain(app, (event) => log.info(event, 'retraining'))
  const precompute = startPrecompute(app, (event) => log.error(event, 'unexpected error'))
  const metricsServer =
    serving.metricsPort === undefined ? undefined : await serveMetrics(serving.metricsPort, bot.metrics, health)
  const sweeper = setInterval(() => tasks.track('sweep', deleteExpiredData(bot)), SWEEP_INTERVAL_MS)
  tasks.track(
    'commands',
    registerCommands(bot).then((changed) => log.info({ changed }, 'commands registered')),
  )
  tasks.track(
    'servers',
    reconcileServers(bot).then(() => deleteExpiredData(bot)),
  )
  tasks.track('messages', resumePosts(bot))
  log.info({ servers: client.guilds.cache.size, seesContent, metricsPort: metricsServer?.port }, 'ready')
  return { retrainer, precompute, metricsServer, sweeper }

  function health() {
    const ok = client.isReady() && !bot.isStopping
    return { ok, waiting: app.queue.waitingCount, servers: client.guilds.cache.size }
  }
}
