import {
  BaseInteraction,
  type Channel,
  type Interaction,
  type Message,
  PermissionFlagsBits,
  type PermissionsBitField,
} from 'discord.js'
import type { Member } from '../services/permissions.ts'

/** Who asks on a server, and what they may do there by Discord's own permissions. */
export function memberOf(from: Interaction | Message): Member {
  const user = from instanceof BaseInteraction ? from.user : from.author
  const permissions = permissionsOf(from)
  return {
    id: user.id,
    roles: rolesOf(from),
    managesMessages: permissions?.has(PermissionFlagsBits.ManageMessages) ?? false,
    managesServer: permissions?.has(PermissionFlagsBits.ManageGuild) ?? false,
    ownsServer: from.guild?.ownerId === user.id,
  }
}

function rolesOf({ member }: Interaction | Message): string[] {
  if (!member) return []
  return Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()]
}

const permissionsOf = (from: Interaction | Message): Readonly<PermissionsBitField> | null | undefined =>
  from instanceof BaseInteraction ? from.memberPermissions : from.member?.permissions

/** The channel that a thread belongs to. */
export const parentOf = (channel: Channel | null): string | null =>
  channel && 'parentId' in channel ? channel.parentId : null
