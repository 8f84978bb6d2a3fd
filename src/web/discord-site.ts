import { isDeepStrictEqual } from 'node:util'
import { Counter } from 'prom-client'
import type { App } from '../app.ts'
import type { CommandRegistry } from '../commands/define.ts'
import { readDiscordApi, type WebConfig } from '../config.ts'
import { LOCAL_SERVER } from '../db/datasets.ts'
import { UserError } from '../errors.ts'
import type { Logger } from '../logger.ts'
import type { Blocks } from '../services/blocks.ts'
import { ConcurrencyLimit } from '../services/concurrency-limit.ts'
import { Cooldowns, PAGE_LIMITS } from '../services/cooldowns.ts'
import type { MemberDirectory } from '../services/member-directory.ts'
import { noteServerUse } from '../services/server-use.ts'
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
  interactions?: WebContext['interactions']
}

/** `counters`: for whoever serves metrics. */
export type ServedSite = { url: string; counters: Counter<string>[]; close(): Promise<void> }

type Settings = WebConfig & { url: string; redirectUri: string; clientSecret: string }

/** Of one person in all servers: a browser has six requests on the way, and some people have two. */
const MAX_AT_ONCE = 16

/** What one person may ask for, so that others have their turn. */
function openBudgets({ app, log, members }: Offer) {
  const cooldowns = new Cooldowns(PAGE_LIMITS)
  const concurrency = new ConcurrencyLimit(MAX_AT_ONCE)
  const ofPage: Pick<WebContext, 'spend' | 'enter'> = {
    enter: ({ person }) => concurrency.enter(person.id),
    async spend({ server, person }, use) {
      noteServerUse(app.db, server).catch((err: unknown) => log.error({ err }, 'the use of a server cannot be written'))
      const wait = cooldowns.spend({ server, person: person.id, ...use })
      if (wait === 0) return
      await cooldowns.wait(wait)
      // Whoever had to wait may have lost a role meanwhile: then it is asked for anew.
      if (server !== LOCAL_SERVER && !isDeepStrictEqual(await members.find(server, person.id), person))
        throw new UserError('access.denied', 'Expected the same member after a wait, received another')
    },
  }
  return { ofPage, stop: () => cooldowns.stop() }
}

/** Throws UserError web.port */
export async function openDiscordSite(offering: Offer, settings: Settings): Promise<ServedSite> {
  const { app, commands, log, ...offer } = offering
  const { url, redirectUri, host, port, clientId, clientSecret, operators } = settings
  const login = { clientId, clientSecret, redirectUri, api: readDiscordApi() }
  const access = openDiscordAccess({ ...offer, ttlStore: app.ttlStore, operators, login })
  const budgets = openBudgets(offering)
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
    ...budgets.ofPage,
    interactions: offering.interactions,
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
      budgets.stop()
      closing ??= listening.close()
      return closing
    },
  }
}
