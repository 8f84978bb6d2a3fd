import { Counter } from 'prom-client'
import type { App } from '../app.ts'
import type { CommandRegistry } from '../commands/define.ts'
import { readDiscordApi, type WebConfig } from '../config.ts'
import type { Logger } from '../logger.ts'
import type { Blocks } from '../services/blocks.ts'
import { Cooldowns, PAGE_LIMITS } from '../services/cooldowns.ts'
import type { MemberDirectory } from '../services/member-directory.ts'
import type { SettingsCache } from '../services/settings-cache.ts'
import { openDiscordAccess } from './auth/discord.ts'
import { openSessions } from './auth/sessions.ts'
import type { WebContext } from './context.ts'
import { countRequests } from './server/count-requests.ts'
import { listen } from './server/listen.ts'
import { openSite } from './server/site.ts'

/** What serves a chat hands to its page. */
export type Offer = {
  app: App
  commands: CommandRegistry
  log: Logger
  members: MemberDirectory
  settings: SettingsCache
  blocks: Blocks
}

/** `counters`: for whoever serves metrics. */
export type ServedSite = { url: string; counters: Counter<string>[]; close(): Promise<void> }

type Settings = WebConfig & { url: string; redirectUri: string; clientSecret: string }

/** Throws UserError web.port */
export async function openDiscordSite(offering: Offer, settings: Settings): Promise<ServedSite> {
  const { app, commands, log, ...offer } = offering
  const { url, redirectUri, host, port, clientId, clientSecret, operators } = settings
  const login = { clientId, clientSecret, redirectUri, api: readDiscordApi() }
  const access = openDiscordAccess({ ...offer, ttlStore: app.ttlStore, operators, login })
  const cooldowns = new Cooldowns(PAGE_LIMITS)
  const requests = new Counter({
    name: 'mekiki_page_requests_total',
    help: 'Requests to the page, by route and outcome',
    labelNames: ['route', 'outcome'],
    registers: [],
  })
  const web: WebContext = {
    app,
    commands,
    log,
    access,
    origins: [url],
    sessions: openSessions(app.db),
    async spend({ server, person }, use) {
      await cooldowns.wait(cooldowns.spend({ server, person: person.id, ...use }))
    },
  }
  const open = () => countRequests(openSite(web), requests)
  const listening = await listen({ host, port, open })
  log.info(
    { url, listens: `${host}:${listening.port}`, redirectUri },
    'the page is served: the redirect URI must be in the Developer Portal, OAuth2, Redirects, letter by letter',
  )
  let closing: Promise<void> | undefined
  return {
    url,
    counters: [requests],
    close() {
      cooldowns.stop()
      closing ??= listening.close()
      return closing
    },
  }
}
