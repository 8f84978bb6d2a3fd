import {
  type Channel,
  type GuildMember,
  type Interaction,
  type Message,
  PermissionFlagsBits,
  type PermissionsBitField,
} from 'discord.js'
import { wordsFor } from '../locales/languages.ts'
import type { Words } from '../locales/words.ts'
import type { Person, Settings } from '../services/settings.ts'

/** Who asks on a server, and what they may do there by Discord's own permissions. */
export function memberOf(from: Interaction | Message): Person {
  const user = 'user' in from ? from.user : from.author
  const member = from.member
  const raw = member?.roles
  const roles = Array.isArray(raw) ? raw : [...((raw as GuildMember['roles'] | undefined)?.cache.keys() ?? [])]
  const may = permissions(from)
  return {
    id: user.id,
    roles,
    managesMessages: may?.has(PermissionFlagsBits.ManageMessages) ?? false,
    managesServer: may?.has(PermissionFlagsBits.ManageGuild) ?? false,
    ownsServer: from.guild?.ownerId === user.id,
  }
}

function permissions(from: Interaction | Message): Readonly<PermissionsBitField> | null | undefined {
  if ('memberPermissions' in from) return from.memberPermissions
  return (from as Message).member?.permissions
}

/** The channel that a thread belongs to. */
export const parentOf = (channel: Channel | null): string | null =>
  channel && 'parentId' in channel ? channel.parentId : null

/** In the server's language where its keepers chose one, in the person's where not. */
export const wordsOf = ({ language }: Settings, locale: string | null | undefined): Words =>
  wordsFor(language === 'auto' ? locale : language)
