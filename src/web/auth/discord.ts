import { z } from 'zod'
import { LOCAL_SERVER } from '../../db/datasets.ts'
import type { TtlStore } from '../../db/ttl-store.ts'
import { UserError } from '../../errors.ts'
import type { Blocks } from '../../services/blocks.ts'
import type { MemberDirectory } from '../../services/member-directory.ts'
import type { SettingsCache } from '../../services/settings-cache.ts'
import type { AccessControl, Session } from '../context.ts'
import { LOCAL } from './authenticate.ts'
import { discordRoutes, type Login, starting } from './discord-routes.ts'

/** As long as a browser stays logged in. */
const SERVERS_TTL_MS = 7 * 24 * 3600_000
/** Discord's limit for one person. */
const MAX_SERVERS = 200

const Servers = z.array(z.string()).catch([])

type DiscordAccess = {
  members: MemberDirectory
  settings: SettingsCache
  blocks: Blocks
  ttlStore: TtlStore
  /** Ids of the people who run the program. */
  operators: readonly string[]
  login: Login
}

const isFound = (outcome: PromiseSettledResult<unknown> | undefined): boolean =>
  outcome?.status === 'fulfilled' && outcome.value !== undefined

/** The people of the bot's servers, with the rights that they have in the chat: the bot is asked for them, and each request decides anew. */
export function openDiscordAccess(access: DiscordAccess): AccessControl {
  const { members, settings, blocks, ttlStore, operators, login } = access
  const isOperator = ({ person }: { person: string }): boolean => operators.includes(person)
  // Ends with the person's id: what is forgotten of somebody goes by that.
  const keyOf = (person: string): string => `page-servers:${person}`

  /** Servers that somebody was in when they logged in, or that they have opened since. */
  const readServers = async (person: string): Promise<string[]> => Servers.parse(await ttlStore.get(keyOf(person)))

  async function rememberServers(person: string, ids: readonly string[]): Promise<void> {
    await ttlStore.set(keyOf(person), ids.slice(-MAX_SERVERS), SERVERS_TTL_MS)
  }

  /** Throws UserError access.blocked */
  function refuseBlocked(person: string): void {
    if (blocks.has('person', person))
      throw new UserError('access.blocked', 'Expected somebody who may use the page, received somebody who is blocked')
  }

  async function visitorIn(session: Session, server: string): ReturnType<AccessControl['visitorIn']> {
    const { person } = session
    refuseBlocked(person)
    const operates = isOperator(session)
    if (server === LOCAL_SERVER) {
      if (!operates) return undefined
      const member = { id: person, roles: [], managesMessages: true, managesServer: true, ownsServer: true }
      return { server, person: member, settings: await settings.read(server), isOperator: true, seesAll: true }
    }
    if (blocks.has('server', server)) return undefined
    const member = await members.find(server, person)
    if (!member) return undefined
    return { server, person: member, settings: await settings.read(server), isOperator: operates, seesAll: operates }
  }

  return {
    kind: 'discord',
    isOperator,
    routes: (web, assets) =>
      discordRoutes(web, { ...login, assets, members, refuseBlocked, isOperator, rememberServers }),
    async serversOf(session) {
      refuseBlocked(session.person)
      if (members.application === undefined) throw starting()
      const servers = await members.serversAmong(await readServers(session.person))
      const found = await Promise.allSettled(servers.map(({ id }) => visitorIn(session, id)))
      const failures = found.filter((outcome) => outcome.status === 'rejected')
      // One that Discord says nothing about, as in an outage of its own, takes no other away.
      if (failures.length === servers.length) for (const { reason } of failures) throw reason
      const local = isOperator(session) ? [{ id: LOCAL, name: LOCAL }] : []
      return [...servers.filter((_, i) => isFound(found[i])), ...local]
    },
    async visitorIn(session, server) {
      const visitor = await visitorIn(session, server)
      if (visitor && server !== LOCAL_SERVER) {
        const known = await readServers(session.person)
        if (!known.includes(server)) await rememberServers(session.person, [...known, server])
      }
      return visitor
    },
    namesIn: members.namesIn.bind(members),
    onChanged: members.onChanged.bind(members),
  }
}
