import type { Counter } from 'prom-client'
import type { App } from '../app.ts'
import type { CommandRegistry } from '../commands/define.ts'
import type { Logger } from '../logger.ts'
import type { Blocks } from '../services/blocks.ts'
import type { MemberDirectory } from '../services/member-directory.ts'
import type { SettingsCache } from '../services/settings-cache.ts'

/** What the bot hands to the page for its servers' people. */
type Offer = {
  app: App
  commands: CommandRegistry
  log: Logger
  members: MemberDirectory
  settings: SettingsCache
  blocks: Blocks
}

/** A page that is open. `url`: its origin. `counters`: of its requests, served with the bot's own. */
export type Page = { url: string; counters: Counter<string>[]; close(): Promise<void> }

/** Opens it. The entrance hands this to the bot, which knows no other front end. Undefined: there is none. */
export type OpenPage = (offer: Offer) => Promise<Page | undefined>
