// A process of its own that answers calls in a PostgreSQL, with a shorter lease than anybody waits for, until it is told to stop.
import { once } from 'node:events'
import { Registry } from 'prom-client'
import { registry as commands } from '../../commands/registry.ts'
import { openApp } from '../../src/app.ts'
import { config, readDatabaseUrl, readKeys, readServeConfig } from '../../src/config.ts'
import { describeForLog } from '../../src/discord/log-error.ts'
import { DiscordMembers } from '../../src/discord/member-directory.ts'
import { openLogger } from '../../src/logger.ts'
import { startInference } from '../../src/roles/inference.ts'
import type { RoleContext } from '../../src/roles/roles.ts'
import { Blocks } from '../../src/services/blocks.ts'
import { SettingsCache } from '../../src/services/settings-cache.ts'

const [leaseMs = ''] = process.argv.slice(2)
const stop = new AbortController()
process.once('SIGTERM', () => stop.abort('SIGTERM'))
const app = await openApp(config.home, { databaseUrl: readDatabaseUrl(), keys: readKeys() })
const log = openLogger('info', describeForLog, { format: 'json', isColoured: false })
const serving = readServeConfig()
const context: RoleContext = {
  ...{ app, commands, log, stop, roles: ['inference'], registry: new Registry(), blocks: new Blocks(app) },
  serving: { ...serving, token: serving.token ?? '' },
  settings: new SettingsCache(app, (err) => log.error({ err }, 'settings')),
  members: new DiscordMembers(log),
}
const role = await startInference(context, { leaseMs: Number(leaseMs), pollMs: 200 })
log.info('serving')
await once(stop.signal, 'abort')
await role.drain()
await role.close()
process.exit(0)
