import type { Hono } from 'hono'
import type { App } from '../app.ts'
import type { CommandRegistry } from '../commands/define.ts'
import type { Language } from '../locales/language.ts'
import type { Logger } from '../logger.ts'
import type { Access, Member } from '../services/permissions.ts'
import type { Settings } from '../services/settings.ts'
import type { Session, Sessions } from './auth/sessions.ts'
import type { Assets } from './server/assets.ts'

export type { Session }

/** What all parts of the page's server share. */
export type WebContext = {
  readonly app: App
  readonly commands: CommandRegistry
  readonly log: Logger
  /** Where browsers reach it, as in `http://127.0.0.1:7317`; the first one is written in links. Requests to other hosts are refused. */
  readonly origins: readonly string[]
  readonly sessions: Sessions
  readonly access: AccessControl
  /** Called before each command; throws UserError busy.cooldown. Left out: there are no budgets. */
  readonly spend?: (visitor: Visitor, use: { kind: string; amount: number }) => Promise<void>
  /** Called when a command begins; throws UserError busy.full. Returns what is called at its end. Left out: as many as there are. */
  readonly enter?: (visitor: Visitor) => () => void
  /** Answers interactions that Discord sends to `/interactions`. Left out: it sends none there. */
  readonly interactions?: ((request: Request) => Promise<Response>) | undefined
}

/** Somebody in one server. */
export type Visitor = {
  server: string
  person: Member
  settings: Settings
  /** The operator: may do everything. */
  isOperator: boolean
  /** Whether pictures from age-restricted channels are shown. */
  seesAll: boolean
  language: Language
}

/** Who may come in, and where to. */
export type AccessControl = {
  readonly kind: 'token' | 'discord'
  /** Where people log in and out. */
  routes(web: WebContext, assets: Assets): Hono<WebEnv>
  isOperator(session: Session): boolean
  /** The servers that somebody may look at. */
  serversOf(session: Session): Promise<{ id: string; name: string }[]>
  /** Undefined where somebody is not there: for them there is nothing. */
  visitorIn(session: Session, server: string): Promise<Omit<Visitor, 'language'> | undefined>
  /** What the server's channels, roles and some of its people are called. Left out: they have no other names. */
  namesIn?(server: string, people: readonly string[]): Promise<ServerNames>
  /** Tells when the rights of one person, or of everybody in a server, may have changed. @returns what ends it */
  onChanged?(listener: (server: string, person?: string) => void): () => void
}

type Item = { id: string; name: string }
export type ServerNames = { channels: Item[]; roles: Item[]; people: Item[] }

/** What Hono hands from one middleware to the next. */
export type WebEnv = { Variables: { session: Session; language: Language; nonce: string } }

/** What a page and a command may ask of a visitor. */
export type RequireAccess = (access: Access) => void
