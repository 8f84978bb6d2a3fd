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
  const guild = client.guilds.cache.get(server)
  try {
    if (guild) return describeMember(await guild.members.fetch({ user: person, force: true }))
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || !GONE_CODES.includes(error.code)) throw error
  }
  throw new UserError('access.denied', 'Expected a member of the server, received somebody who left it', {
    access: 'member',
  })
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
