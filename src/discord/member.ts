import {
  BaseInteraction,
  type Channel,
  type Client,
  DiscordAPIError,
  GuildMember,
  type Interaction,
  type Message,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
} from 'discord.js'
import { UserError } from '../errors.ts'
import type { Member } from '../services/permissions.ts'
import { readMember } from './rest-guilds.ts'

/**
 * Who asks on a server, and what they may do there by the permissions of their roles. An interaction also carries the
 * permissions of its channel: they are not asked, since one channel decides nothing about the whole server.
 */
export function memberOf(from: Interaction | Message): Member {
  const user = from instanceof BaseInteraction ? from.user : from.author
  // The member of a server that is not in the cache has no computed permissions: it gets none.
  return from.member instanceof GuildMember ? describeMember(from.member) : withoutPermissions(user.id)
}

/** The same, read anew from Discord, for what is carried out later than it was asked. Throws UserError access.denied */
export async function fetchMember(client: Client, server: string, person: string): Promise<Member> {
  const member = await findMember(client, server, person)
  if (member) return member
  throw new UserError('access.denied', 'Expected a member of the server, received somebody who left it', {
    access: 'member',
  })
}

/**
 * The same; undefined: they are not there. What another process holds the connection of is asked about as if nothing were
 * known of it: in calls of others a server is there in part only.
 */
export async function findMember(client: Client, server: string, person: string): Promise<Member | undefined> {
  const guild = client.ws.shards.size > 0 ? client.guilds.cache.get(server) : undefined
  if (!guild) return readMember(client.rest, server, person)
  try {
    return describeMember(await guild.members.fetch({ user: person, force: true }))
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || !GONE_CODES.includes(error.code)) throw error
    return undefined
  }
}

const GONE_CODES: unknown[] = [RESTJSONErrorCodes.UnknownMember, RESTJSONErrorCodes.UnknownUser]

const describeMember = ({ id, guild, roles, permissions }: GuildMember): Member => ({
  id,
  roles: [...roles.cache.keys()],
  managesMessages: permissions.has(PermissionFlagsBits.ManageMessages),
  managesServer: permissions.has(PermissionFlagsBits.ManageGuild),
  ownsServer: guild.ownerId === id,
})

const withoutPermissions = (id: string): Member => ({
  id,
  roles: [],
  managesMessages: false,
  managesServer: false,
  ownsServer: false,
})

/** The channel that a thread belongs to. */
export const parentOf = (channel: Channel | null): string | null =>
  channel && 'parentId' in channel ? channel.parentId : null
