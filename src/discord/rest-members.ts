import { type ChannelType, type REST, Routes } from 'discord.js'
import { z } from 'zod'
import type { Database } from '../db/connection.ts'
import { listPresentAmong } from '../db/servers-among.ts'
import { UserError } from '../errors.ts'
import { MemberCache } from '../services/member-cache.ts'
import type { MemberDirectory, ServerNames } from '../services/member-directory.ts'
import type { Member } from '../services/permissions.ts'
import type { RemoteDiscord } from './calls/remote-client.ts'
import { WATCHABLE_CHANNELS } from './interactions/option-descriptions.ts'
import { readGuild, readMember } from './rest-guilds.ts'

const WATCHABLE: ReadonlySet<ChannelType> = new Set(WATCHABLE_CHANNELS)

const Channels = z.array(z.object({ id: z.string(), name: z.string(), type: z.number() }))
const Named = z.object({
  nick: z.string().nullish(),
  user: z.object({ id: z.string(), username: z.string(), global_name: z.string().nullish() }),
})

/** The members of the bot's servers for a process that has no connection to them: asked by REST, and known for a minute. */
export class RestMembers implements MemberDirectory {
  private readonly db: Database
  private remote: RemoteDiscord | undefined
  private readonly cache = new MemberCache((server, person) => this.fetch(server, person))

  /** @param remote once Discord is reached */
  constructor(db: Database, remote: Promise<RemoteDiscord>) {
    this.db = db
    remote.then(
      (reached) => (this.remote = reached),
      () => {},
    )
  }

  get application(): string | undefined {
    return this.remote?.applicationId
  }

  async serversAmong(ids: readonly string[]): Promise<{ id: string; name: string }[]> {
    const { remote } = this
    if (!remote) return []
    const present = await listPresentAmong(this.db, ids)
    const guilds = await Promise.all(present.map((id) => readGuild(remote.rest, id)))
    return guilds.filter((guild) => guild !== undefined).map(({ id, name }) => ({ id, name }))
  }

  async find(server: string, person: string): Promise<Member | undefined> {
    if (!this.remote) throw new UserError('discord.starting', 'Expected to have reached Discord, but it has not yet')
    return this.cache.find(server, person)
  }

  async namesIn(server: string, people: readonly string[]): Promise<ServerNames> {
    const rest = this.remote?.rest
    const guild = rest && (await readGuild(rest, server))
    if (!rest || !guild) return { channels: [], roles: [], people: [] }
    const channels = Channels.parse(await rest.get(Routes.guildChannels(server)))
    const named = await Promise.all(people.map((person) => nameOf(rest, server, person)))
    return {
      channels: channels.filter(({ type }) => WATCHABLE.has(type)).map(({ id, name }) => ({ id, name })),
      roles: guild.roles.flatMap(({ id, name, managed }) =>
        managed || typeof name !== 'string' ? [] : [{ id, name }],
      ),
      people: named.filter((found) => found !== undefined),
    }
  }

  /** Nobody tells it: what changes counts a minute later. */
  onChanged(): () => void {
    return () => {}
  }

  private async fetch(server: string, person: string): Promise<Member | undefined> {
    if (!this.remote) return undefined
    try {
      return await readMember(this.remote.rest, server, person)
    } catch (cause) {
      throw new UserError('discord.unreachable', 'Expected Discord to say who somebody is, it did not', {}, { cause })
    }
  }
}

/** Undefined: they are not there anymore. */
async function nameOf(rest: REST, server: string, person: string): Promise<{ id: string; name: string } | undefined> {
  const member = await rest.get(Routes.guildMember(server, person)).catch(() => undefined)
  const { data } = Named.safeParse(member)
  return data && { id: person, name: data.nick ?? data.user.global_name ?? data.user.username }
}
