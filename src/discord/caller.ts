import type { Message } from 'discord.js'
import type { Command } from '../commands/define.ts'
import { NO_SERVER } from '../db/datasets.ts'
import type { Member } from '../services/permissions.ts'
import { readSettings, type Settings } from '../services/settings.ts'
import { isAgeRestricted } from './age-restriction.ts'
import type { BotContext } from './context.ts'
import type { RepliableInteraction } from './interactions/repliable.ts'
import { memberOf, parentOf } from './member.ts'
import { findServer, rememberServer } from './messages/direct-message-server.ts'

/**
 * Who asks, where, and how that server is set. `parent`: the channel that a thread belongs to. `ageRestricted`: whether
 * only adults may look there; undefined: not known. `locale`: of the person, else of the server; undefined: not known.
 */
export type Caller = {
  server: string
  channel: string
  parent: string | null
  ageRestricted: boolean | undefined
  person: Member
  locale?: string | undefined
  settings: Settings
}

/** @param command what they ask for, where it is known: in a direct message some are about no server. Throws UserError direct.no-server */
export async function callerOf(bot: BotContext, from: RepliableInteraction, command?: Command): Promise<Caller> {
  const isOfNone = command?.directMessages === 'every-server'
  const server = from.guildId ?? (isOfNone ? NO_SERVER : await findServer(bot, from.user.id))
  const settings = await readSettings(bot.app.db, server)
  if (from.guildId) await rememberServer(bot, from.user.id, server)
  const where = { channel: from.channelId ?? '', parent: parentOf(from.channel) }
  const ageRestricted = isAgeRestricted(from.channel, from.guild)
  return { server, ...where, ageRestricted, person: memberOf(from), locale: from.locale, settings }
}

/** Throws UserError direct.no-server */
export async function callerOfPost(bot: BotContext, message: Message, parent: string | null): Promise<Caller> {
  const server = message.guildId ?? (await findServer(bot, message.author.id))
  const settings = await readSettings(bot.app.db, server)
  const ageRestricted = isAgeRestricted(message.channel, message.guild)
  const locale = message.guild?.preferredLocale
  return { server, channel: message.channelId, parent, ageRestricted, person: memberOf(message), locale, settings }
}
