import { type App, openApp } from '../app.ts'
import type { CommandRegistry } from '../commands/define.ts'
import { config, hasColours, readBucket, readDatabaseUrl, readKeys, readWebConfig } from '../config.ts'
import { UserError } from '../errors.ts'
import { webStart as english } from '../locales/en/web-start.ts'
import { webStart as japanese } from '../locales/ja/web-start.ts'
import { describeForLog } from '../logged-error.ts'
import { type Logger, openLogger } from '../logger.ts'
import { isServed } from '../services/lease.ts'
import { SettingsCache } from '../services/settings-cache.ts'
import { startTrainings } from '../services/start-trainings.ts'
import { startSweepingObjects } from '../services/sweep-objects.ts'
import { lanAddresses, originsOf } from './addresses.ts'
import { announce } from './announce.ts'
import { openSessions } from './auth/sessions.ts'
import { openTokenAccess } from './auth/token.ts'
import type { WebContext } from './context.ts'
import { type Listening, listen } from './server/listen.ts'
import { openSite } from './server/site.ts'
import { readStartOptions, type StartOptions } from './start-options.ts'

/** One answers while another reads something large. */
const DATABASE_READERS = 2
/** In the store: where it listened last, so that bookmarks and sessions stay good. */
const PORT_KEY = 'web-port'

/** Serves the page to this machine until it is told to stop. Throws UserError web.*, home.*, database.*, data.* */
export async function runWeb(argv: string[], commands: CommandRegistry): Promise<number> {
  const options = readStartOptions(argv)
  const words = options.language === 'ja' ? japanese : english
  if (options.help) {
    process.stdout.write(`${words.help(config.program)}\n`)
    return 0
  }
  const log = openLogger('warn', describeForLog, { format: 'auto', isColoured: hasColours(process.stdout) })
  const app = await openApp(config.home, {
    databaseUrl: readDatabaseUrl(),
    keys: readKeys(),
    bucket: readBucket(),
    readers: DATABASE_READERS,
  })
  try {
    await serveAlone(app, { commands, log, options, words })
  } finally {
    await app.close()
  }
  process.stdout.write(`${words.stopped}\n`)
  return 0
}

type Serving = { commands: CommandRegistry; log: Logger; options: StartOptions; words: typeof english }

async function serveAlone(app: App, { commands, log, options, words }: Serving): Promise<void> {
  const onError = (err: unknown): void => log.error({ err }, 'settings cannot be read')
  const settings = new SettingsCache(app, onError)
  const access = openTokenAccess(settings, config.by)
  const addresses = options.lan ? lanAddresses() : []
  const origins: string[] = []
  const web: WebContext = { app, commands, log, origins, access, sessions: openSessions(app.db) }
  // Where it listens is known only then, and belongs to what requests are checked against.
  const listening = await listenSomewhere(app, options, (port) => {
    origins.splice(0, origins.length, ...originsOf(port, addresses))
    return openSite(web)
  })
  const isTrainedElsewhere = await isServed(app.ttlStore)
  const sweeping = startSweepingObjects(app, (event) => log.error(event, 'unexpected error'))
  const retrainer = isTrainedElsewhere ? undefined : startTrainings(app, (event) => log.info(event, 'retraining'))
  try {
    const about = { access, port: listening.port, addresses, isLan: options.lan, isTrainedElsewhere, words }
    await announce(about)
  } finally {
    await listening.close()
    await retrainer?.stop()
    await sweeping.stop()
    await settings.close()
  }
}

type Site = ReturnType<typeof openSite>

/** On the port that was asked for; else where it was the last time, or the usual one; where that is taken, on any. */
async function listenSomewhere(
  app: App,
  { port, lan }: StartOptions,
  open: (port: number) => Site,
): Promise<Listening> {
  const host = lan ? '0.0.0.0' : '127.0.0.1'
  const last = Number(await app.ttlStore.get(PORT_KEY)) || readWebConfig().port
  const wanted = port ?? last
  const listening = await listen({ host, port: wanted, open }).catch((error: unknown) => {
    if (port !== undefined || !(error instanceof UserError)) throw error
    return listen({ host, port: 0, open })
  })
  await app.ttlStore.set(PORT_KEY, listening.port)
  return listening
}
