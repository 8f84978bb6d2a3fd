import './proxy.ts'
import { once } from 'node:events'
import { type App, openApp } from '../app.ts'
import type { CommandRegistry } from '../commands/define.ts'
import { config, hasColours, readKeys, readServeConfig, type ServeConfig } from '../config.ts'
import { explainDatabaseError } from '../db/database-errors.ts'
import { UserError } from '../errors.ts'
import { type Logger, openLogger } from '../logger.ts'
import { Blocks } from '../services/blocks.ts'
import { CHAT_LIMITS, Cooldowns } from '../services/cooldowns.ts'
import { type HeldLease, takeLease } from '../services/lease.ts'
import { SettingsCache } from '../services/settings-cache.ts'
import { startBackground } from './background.ts'
import { connect } from './client.ts'
import type { BotContext } from './context.ts'
import { listen } from './events/listen.ts'
import { LearnedReplies } from './learned-replies.ts'
import { describeForLog } from './log-error.ts'
import { DiscordMembers } from './member-directory.ts'
import { openMetrics } from './metrics.ts'
import type { OpenPage, Page } from './page.ts'
import { closeBot } from './shutdown.ts'
import { delayAfterCrashes } from './startup-backoff.ts'
import { Tasks } from './tasks.ts'

const NO_TOKEN = `There is no DISCORD_TOKEN, so there is no bot to run. To set one up, put a line DISCORD_TOKEN=… with your bot's token
into a file named .env in this folder; docs/discord.md explains each step, from the Developer Portal to the first answer.
Everything else works without a token: ${config.program} --help lists the commands.`

/** One answers while another reads something large. */
const DATABASE_READERS = 2

/** How long what was told to end may go on once everything is closed. */
const LINGER_MS = 500

/**
 * Serves Discord until it is told to stop. Resolves to the exit status of the process.
 * @param openPage opens the page beside it
 */
export async function runDiscord(commands: CommandRegistry, openPage?: OpenPage): Promise<number> {
  let log: Logger | undefined
  try {
    const serving = readServeConfig()
    if (!serving.token) {
      process.stderr.write(`${NO_TOKEN}\n`)
      return 1
    }
    log = openLogger(serving.logLevel, describeForLog, {
      format: serving.logFormat,
      isColoured: hasColours(process.stdout),
    })
    exitOnUnexpected(log)
    await serve({ commands, openPage, serving: { ...serving, token: serving.token }, log })
    return 0
  } catch (error) {
    const explained = explainDatabaseError(error)
    if (!(explained instanceof UserError)) {
      if (!log) throw error
      // Node would print it with everything that discord.js keeps in an error.
      log.fatal({ err: error }, 'unexpected error')
      return 1
    }
    process.stderr.write(`${explained.message} (${explained.code})\n`)
    return 1
  } finally {
    // A client that was stopped before it had connected goes on trying, whatever it is told.
    setTimeout(() => process.exit(), LINGER_MS).unref()
  }
}

/** Why a running bot ends that was not asked to: what to tell the operator. */
const FAILURES = {
  'discord.token': 'Expected a valid token, but Discord no longer accepts it',
  'serve.already-running': 'Expected to be the only bot on this database, but another process has taken it over',
}
type Failure = keyof typeof FAILURES
const isFailure = (reason: unknown): reason is Failure => typeof reason === 'string' && reason in FAILURES

type ServeOptions = {
  commands: CommandRegistry
  openPage: OpenPage | undefined
  serving: ServeConfig & { token: string }
  log: Logger
}

async function serve(options: ServeOptions): Promise<void> {
  const { log } = options
  const stop = new AbortController()
  const { signal } = stop
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => stop.abort(name))
  const app = await openApp(config.home, {
    keys: readKeys(),
    readers: DATABASE_READERS,
    onCopied: (copy) => log.info({ copy }, 'the database was upgraded; a copy of what it was is kept for 14 days'),
  })
  let lease: HeldLease | undefined
  try {
    lease = await takeLease(app.ttlStore, { log, signal, onLost: () => stop.abort('serve.already-running') })
    await delayAfterCrashes(app, log, signal)
    await serveUntilStopped(app, { ...options, stop })
  } catch (error) {
    // Told to stop before it had begun, it has nothing to finish.
    if (!signal.aborted || error instanceof UserError) throw error
  } finally {
    await lease?.release()
    await app.close()
  }
  log.info({ reason: signal.reason }, 'stopped')
  if (isFailure(signal.reason)) throw new UserError(signal.reason, FAILURES[signal.reason])
}

async function serveUntilStopped(app: App, options: ServeOptions & { stop: AbortController }): Promise<void> {
  const { commands, openPage, log } = options
  const blocks = new Blocks(app)
  await blocks.load()
  const settings = new SettingsCache(app, (err) => log.error({ err }, 'settings cannot be read'))
  const members = new DiscordMembers(log)
  // Before the bot has connected, which may take a while: the page says so meanwhile.
  const page = await openPage?.({ app, commands, log, members, settings, blocks })
  try {
    await serveChat(app, { ...options, blocks, settings, members, page })
  } finally {
    await page?.close()
  }
}

type ChatOptions = ServeOptions & {
  stop: AbortController
  blocks: Blocks
  settings: SettingsCache
  members: DiscordMembers
  page: Page | undefined
}

async function serveChat(app: App, { members, page, stop, openPage: _, ...options }: ChatOptions): Promise<void> {
  const { log } = options
  const { signal } = stop
  const bot = await connect({
    serving: options.serving,
    log,
    signal,
    onReady(client, seesContent): BotContext {
      const metrics = openMetrics(app, client)
      for (const counter of page?.counters ?? []) metrics.registry.registerMetric(counter)
      members.attach(client)
      const shared = { ...options, app, client, seesContent, metrics, pageUrl: page?.url }
      const state = { maySweepServers: false, isStopping: false }
      const bot = {
        ...shared,
        ...state,
        cooldowns: new Cooldowns(CHAT_LIMITS),
        tasks: new Tasks(log),
        learned: new LearnedReplies(),
      }
      listen(bot)
      return bot
    },
    onTokenRevoked: () => stop.abort('discord.token'),
  })
  const background = await startBackground(bot)
  if (!signal.aborted) await once(signal, 'abort')
  log.info({ reason: signal.reason }, 'stopping')
  await page?.close()
  await closeBot(bot, background)
}

/** What nobody caught ends the process; it is logged as every other error is, and not as Node prints it. */
function exitOnUnexpected(log: Logger): void {
  process.once('uncaughtException', (error) => {
    log.fatal({ err: error }, 'unexpected error')
    process.exit(1)
  })
}
