import '../discord/proxy.ts'
import { once } from 'node:events'
import { type App, openApp } from '../app.ts'
import type { CommandRegistry } from '../commands/define.ts'
import { config, hasColours, readBucket, readDatabaseUrl, readKeys, readServeConfig } from '../config.ts'
import { explainDatabaseError } from '../db/database-errors.ts'
import { isPostgres } from '../db/engine.ts'
import { describeForLog } from '../discord/log-error.ts'
import { DiscordMembers } from '../discord/member-directory.ts'
import { delayAfterCrashes } from '../discord/startup-backoff.ts'
import { UserError } from '../errors.ts'
import { type Logger, openLogger } from '../logger.ts'
import { Blocks } from '../services/blocks.ts'
import { startEventBridge } from '../services/event-bridge.ts'
import { type HeldLease, takeLease } from '../services/lease.ts'
import { openProcessMetrics } from '../services/process-metrics.ts'
import { SettingsCache } from '../services/settings-cache.ts'
import { ROLES, type Role, type RoleContext, type RunningRole } from './roles.ts'
import { readStartOptions, USAGE } from './start-options.ts'
import { startRoles } from './start-roles.ts'
import { stopRoles } from './stop-roles.ts'
import { watchProcess } from './watch.ts'

const NO_TOKEN = `There is no DISCORD_TOKEN, so there is no bot to run. To set one up, put a line DISCORD_TOKEN=… with your bot's token
into a file named .env in this folder; docs/discord.md explains each step, from the Developer Portal to the first answer.
Everything else works without a token: ${config.program} --help lists the commands.`

/** One answers while another reads something large. */
const DATABASE_READERS = 2

/** How long what was told to end may go on once everything is closed. */
const LINGER_MS = 500

/** As the command line has them (docs/cli.md). */
const EXIT = { userError: 1, usage: 2 }

/** `mekiki serve`: runs its roles until it is told to stop. Resolves to the exit status of the process. */
export async function runServe(argv: string[], commands: CommandRegistry): Promise<number> {
  let log: Logger | undefined
  try {
    const { roles, help } = readStartOptions(argv)
    if (help) {
      process.stdout.write(USAGE)
      return 0
    }
    const serving = readServeConfig()
    if (!serving.token) {
      process.stderr.write(`${NO_TOKEN}\n`)
      return EXIT.userError
    }
    log = openLogger(serving.logLevel, describeForLog, {
      format: serving.logFormat,
      isColoured: hasColours(process.stdout),
    })
    exitOnUnexpected(log)
    await serve({ commands, roles, serving: { ...serving, token: serving.token }, log })
    return 0
  } catch (error) {
    const explained = explainDatabaseError(error)
    if (!(explained instanceof UserError)) {
      if (!log) throw error
      // Node would print it with everything that discord.js keeps in an error.
      log.fatal({ err: error }, 'unexpected error')
      return EXIT.userError
    }
    process.stderr.write(`${explained.message} (${explained.code})\n`)
    return explained.code === 'serve.usage' ? EXIT.usage : EXIT.userError
  } finally {
    // A client that was stopped before it had connected goes on trying, whatever it is told.
    setTimeout(() => process.exit(), LINGER_MS).unref()
  }
}

/** Why a running process ends that was not asked to: what to tell the operator. */
const FAILURES = {
  'discord.token': 'Expected a valid token, but Discord no longer accepts it',
  'discord.intents': 'Expected the basic intents to be granted, but Discord refused them',
  'discord.shards':
    'Expected a number of shards that Discord takes, but it refused this one: leave SHARDS out, or raise it',
  'serve.already-running': 'Expected to be the only bot on this database, but another process has taken it over',
}
type Failure = keyof typeof FAILURES
const isFailure = (reason: unknown): reason is Failure => typeof reason === 'string' && reason in FAILURES

type ServeOptions = Pick<RoleContext, 'commands' | 'serving' | 'log'> & { roles: readonly Role[] }

async function serve(options: ServeOptions): Promise<void> {
  const { log } = options
  const stop = new AbortController()
  const { signal } = stop
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => stop.abort(name))
  const [databaseUrl, keys] = [readDatabaseUrl(), readKeys()]
  if (databaseUrl !== undefined) requireKey(keys)
  const app = await openApp(config.home, {
    databaseUrl,
    keys,
    bucket: readBucket(),
    readers: DATABASE_READERS,
    onCopied: (copy) => log.info({ copy }, 'the database was upgraded; a copy of what it was is kept for 14 days'),
  })
  let lease: HeldLease | undefined
  try {
    if (!isPostgres(app.db)) {
      requireAllRoles(options.roles)
      lease = await takeLease(app.ttlStore, { log, signal, onLost: () => stop.abort('serve.already-running') })
    }
    // Gateways on PostgreSQL begin sessions further apart where few are left (discord/shards/identify.ts).
    if (!isPostgres(app.db)) await delayAfterCrashes(app, log, signal)
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

/** PostgreSQL overwrites nothing that is deleted, and keeps it in its log, so that pictures come there encrypted. Throws UserError serve.no-key */
function requireKey(keys: Buffer[]): void {
  if (keys.length > 0) return
  throw new UserError(
    'serve.no-key',
    'Expected DATA_KEY where DATABASE_URL is set, found none: set the same one everywhere (openssl rand -base64 32), then run `encrypt`',
  )
}

/** Throws UserError serve.needs-postgres: SQLite serves one process, which does it all. */
function requireAllRoles(roles: readonly Role[]): void {
  if (roles.length === ROLES.length) return
  throw new UserError(
    'serve.needs-postgres',
    `Expected DATABASE_URL=postgres://… for --role ${roles.join(', ')}, received none: with SQLite one process does it all (--role all)`,
  )
}

async function serveUntilStopped(app: App, options: ServeOptions & { stop: AbortController }): Promise<void> {
  const { log, stop } = options
  const blocks = new Blocks(app)
  await blocks.load()
  const settings = new SettingsCache(app, (err) => log.error({ err }, 'settings cannot be read'))
  const registry = openProcessMetrics(app, options.roles.length === 1 ? options.roles[0] : undefined)
  const bridge = await startEventBridge(app, (err) => log.warn({ err }, 'other processes are not told of an event'))
  let running: RunningRole[] = []
  const watched = await watchProcess({ ...options, app, registry, running: () => running })
  try {
    const serving = { ...options.serving, metricsPort: watched.port }
    const members = new DiscordMembers(log)
    const context: RoleContext = { ...options, app, blocks, settings, serving, registry, members }
    running = await startRoles(context)
    // Several share a database: each says which it is.
    if (isPostgres(app.db))
      log.info({ process: watched.id, roles: options.roles, metricsPort: watched.port }, 'serving')
    if (!stop.signal.aborted) await once(stop.signal, 'abort')
    log.info({ reason: stop.signal.reason }, 'stopping')
    await stopRoles(context, running)
  } finally {
    await bridge.close()
    await watched.close()
  }
}

/** What nobody caught ends the process; it is logged as every other error is, and not as Node prints it. */
function exitOnUnexpected(log: Logger): void {
  process.once('uncaughtException', (error) => {
    log.fatal({ err: error }, 'unexpected error')
    process.exit(1)
  })
}
