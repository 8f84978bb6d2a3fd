import { setTimeout as sleep } from 'node:timers/promises'
import { Events } from 'discord.js'
import { openApp } from '../app.ts'
import type { CommandRegistry } from '../commands/find.ts'
import { config, readKeys, readServing, type Serving } from '../config.ts'
import { explainDatabaseError } from '../db/connection.ts'
import { UserError } from '../errors.ts'
import { type Logger, openLogger } from '../logger.ts'
import { startAutoRetrain } from '../services/auto-retrain.ts'
import { startPrecompute } from '../services/backbones/precompute.ts'
import { connect, REVOKED } from './client.ts'
import { type BotContext, track } from './context.ts'
import { Cooldowns } from './cooldowns.ts'
import { onJoin, onLeave, reconcileServers, sweep } from './events/guilds.ts'
import { onInteraction } from './events/interaction-create.ts'
import { onMessage, resumeMessages } from './events/message-create.ts'
import { registerCommands } from './interactions/register.ts'
import { openMetrics, serveMetrics } from './metrics.ts'
import { delayAfterCrashes } from './startup-backoff.ts'

/** What runs may take after a stop was asked for, in milliseconds; then it is handed back, and the rest is closed. */
const FINISH = 6_000
const CLOSE = 9_500
const HOUR = 3600_000

const NO_TOKEN = `There is no DISCORD_TOKEN, so there is no chat to serve. To have one:
  copy .env.example to .env, and put the token of your bot into it (docs/discord.md: from the Developer Portal to the first answer).
Without a token everything works in the terminal: npm run -s mekiki -- --help, and npm run demo shows it.`

/** Serves Discord until it is told to stop. @returns the exit status, as the terminal's */
export async function runDiscord(commands: CommandRegistry): Promise<number> {
  let log: Logger | undefined
  try {
    const serving = readServing()
    if (!serving.token) {
      process.stderr.write(`${NO_TOKEN}\n`)
      return 1
    }
    log = openLogger(serving.logLevel)
    await serve(commands, serving, log)
    return 0
  } catch (error) {
    const mistake = explainDatabaseError(error)
    if (!(mistake instanceof UserError)) {
      log?.fatal({ err: error }, 'our fault')
      throw error
    }
    process.stderr.write(`${mistake.message} (${mistake.code})\n`)
    return 1
  }
}

async function serve(commands: CommandRegistry, serving: Serving, log: Logger): Promise<void> {
  const ending = Promise.withResolvers<string>()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => ending.resolve(signal))
  const app = await openApp(config.home, readKeys())
  await delayAfterCrashes(app, log)
  const metrics = openMetrics(app)
  const bot: BotContext = {
    ...{ app, commands, serving, log, metrics, cooldowns: new Cooldowns(), seesContent: true, isStopping: false },
    ...{ work: new Set(), client: undefined as never },
  }
  const watched = (what: string, work: Promise<unknown>): void =>
    track(
      bot,
      work.catch((error) => log.error({ err: error, what }, 'our fault')),
    )
  const { client, seesContent } = await connect(serving, log, (client) => {
    bot.client = client as BotContext['client']
    client.on(Events.InteractionCreate, (from) => watched('interaction', onInteraction(bot, from)))
    client.on(Events.MessageCreate, (message) => watched('message', onMessage(bot, message)))
    client.on(Events.GuildCreate, (guild) => watched('join', onJoin(bot, guild)))
    client.on(Events.GuildDelete, (guild) => guild.available !== false && watched('leave', onLeave(bot, guild)))
    client.on(REVOKED, () => ending.resolve(REVOKED))
    client.on(Events.ShardResume, () => log.info('resumed'))
    client.on(Events.ShardReconnecting, () => log.info('reconnecting'))
  })
  Object.assign(bot, { client, seesContent })
  const retrainer = startAutoRetrain(app, (event) => log.info(event, 'retraining'))
  const ahead = startPrecompute(app, (event) => log.error(event, 'our fault'))
  const health = () => ({
    ok: client.isReady() && !bot.isStopping,
    waiting: app.queue.waits,
    servers: client.guilds.cache.size,
  })
  const page = serving.metricsPort === undefined ? undefined : await serveMetrics(serving.metricsPort, metrics, health)
  const sweeping = setInterval(() => watched('sweep', sweep(bot)), HOUR)
  watched(
    'commands',
    registerCommands(bot).then((isNew) => log.info({ isNew }, 'commands')),
  )
  watched(
    'servers',
    reconcileServers(bot).then(() => sweep(bot)),
  )
  watched('messages', resumeMessages(bot))
  log.info({ servers: client.guilds.cache.size, seesContent, metricsPort: page?.port }, 'ready')

  const why = await ending.promise
  log.info({ why }, 'stopping')
  setTimeout(() => process.exit(0), CLOSE).unref()
  bot.isStopping = true
  clearInterval(sweeping)
  page?.close()
  await Promise.race([ended(bot), sleep(FINISH, undefined, { ref: false })])
  app.queue.stop()
  const trainings = [...app.trainings.values()].map((training) => training.stop())
  await Promise.race([
    Promise.all([ended(bot), ...trainings, retrainer.stop(), ahead.stop()]),
    sleep(2_000, undefined, { ref: false }),
  ])
  await client.destroy()
  await app.close()
  log.info('stopped')
  if (why === REVOKED)
    throw new UserError('discord.token', 'Expected the token to be known, but Discord does not know it any more')
}

async function ended({ work }: BotContext): Promise<void> {
  while (work.size > 0) await Promise.all(work)
}
