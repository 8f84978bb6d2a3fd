import { setTimeout as sleep } from 'node:timers/promises'
import { type ChannelType, type Client, GatewayDispatchEvents } from 'discord.js'
import { z } from 'zod'
import { errorCode, UserError } from '../errors.ts'
import type { Logger } from '../logger.ts'
import { MemberCache } from '../services/member-cache.ts'
import type { MemberDirectory, ServerNames } from '../services/member-directory.ts'
import type { Member } from '../services/permissions.ts'
import { WATCHABLE_CHANNELS } from './interactions/option-descriptions.ts'
import { fetchMember } from './member.ts'

/** Somebody who waits for a page waits no longer for Discord. */
const ANSWER_WITHIN_MS = 8_000

const OfMember = z.object({ guild_id: z.string(), user: z.object({ id: z.string() }) })
const OfRole = z.object({ guild_id: z.string() })
const OfServer = z.object({ id: z.string() })

const WATCHABLE: ReadonlySet<ChannelType> = new Set(WATCHABLE_CHANNELS)

type Listener = (server: string, person?: string) => void

/** The members of the bot's servers, asked of Discord. It is there before the bot has connected, and knows nobody until then. */
export class DiscordMembers implements MemberDirectory {
  /** One, or one for each shard that this process holds. */
  private readonly clients = new Set<Client<true>>()
  private readonly log: Logger
  private readonly listeners = new Set<Listener>()
  private readonly cache = new MemberCache((server, person) => this.fetch(server, person))

  constructor(log: Logger) {
    this.log = log
  }

  /** From now on it asks this client about its servers, and hears what Discord tells it. @returns what ends that */
  attach(client: Client<true>): () => void {
    this.clients.add(client)
    const { ws } = client
    const onMember = (data: unknown): void => {
      const { guild_id, user } = OfMember.parse(data)
      this.changed(guild_id, user.id)
    }
    const onRole = (data: unknown): void => this.changed(OfRole.parse(data).guild_id)
    const onServer = (data: unknown): void => this.changed(OfServer.parse(data).id)
    // Who left or got another role is told only with an intent that this bot does not ask for: elsewhere a minute passes.
    ws.on(GatewayDispatchEvents.GuildMemberUpdate, onMember)
    ws.on(GatewayDispatchEvents.GuildMemberRemove, onMember)
    ws.on(GatewayDispatchEvents.GuildRoleUpdate, onRole)
    ws.on(GatewayDispatchEvents.GuildRoleDelete, onRole)
    ws.on(GatewayDispatchEvents.GuildUpdate, onServer)
    ws.on(GatewayDispatchEvents.GuildDelete, onServer)
    return () => this.clients.delete(client)
  }

  /** The latest that has it. */
  private clientOf(server: string): Client<true> | undefined {
    return [...this.clients].findLast((client) => client.guilds.cache.has(server))
  }

  get application(): string | undefined {
    const [client] = this.clients
    return client?.application.id
  }

  async serversAmong(ids: readonly string[]): Promise<{ id: string; name: string }[]> {
    const servers = ids.map((id) => this.clientOf(id)?.guilds.cache.get(id)).filter((guild) => guild !== undefined)
    return servers.map(({ id, name }) => ({ id, name }))
  }

  async find(server: string, person: string): Promise<Member | undefined> {
    if (this.clients.size === 0)
      throw new UserError('discord.starting', 'Expected a bot that has connected, but it is starting')
    const guild = this.clientOf(server)?.guilds.cache.get(server)
    if (!guild) return undefined
    // Its roles are not known: nobody could be told from anybody.
    if (!guild.available) throw unreachable()
    return this.cache.find(server, person)
  }

  async namesIn(server: string, people: readonly string[]): Promise<ServerNames> {
    const guild = this.clientOf(server)?.guilds.cache.get(server)
    if (!guild) return { channels: [], roles: [], people: [] }
    const channels = guild.channels.cache.filter(({ type }) => WATCHABLE.has(type))
    const roles = guild.roles.cache.filter(({ managed }) => !managed)
    const found = people.length === 0 ? [] : [...(await guild.members.fetch({ user: [...people] })).values()]
    return {
      channels: channels.map(({ id, name }) => ({ id, name })),
      roles: roles.map(({ id, name }) => ({ id, name })),
      people: found.map(({ id, displayName: name }) => ({ id, name })),
    }
  }

  onChanged(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private changed(server: string, person?: string): void {
    this.cache.forget(server, person)
    for (const listener of this.listeners) listener(server, person)
  }

  private async fetch(server: string, person: string): Promise<Member | undefined> {
    const client = this.clientOf(server)
    if (!client) return undefined
    const late = new AbortController()
    try {
      return await Promise.race([
        fetchMember(client, server, person),
        sleep(ANSWER_WITHIN_MS, undefined, { signal: late.signal, ref: false }).then(() => {
          throw unreachable()
        }),
      ])
    } catch (error) {
      if (errorCode(error) === 'access.denied') return undefined
      this.log.warn({ err: error, server }, 'a member could not be asked for')
      throw unreachable(error)
    } finally {
      late.abort()
    }
  }
}

const unreachable = (cause?: unknown): UserError =>
  new UserError(
    'discord.unreachable',
    'Expected Discord to say who somebody is, received no answer in time',
    {},
    { cause },
  )
