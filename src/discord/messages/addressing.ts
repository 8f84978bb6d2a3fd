import { type Message, MessageReferenceType } from 'discord.js'
import { readSettings } from '../../services/settings.ts'
import type { BotContext } from '../context.ts'
import { parentOf } from '../member.ts'
import type { Upload } from '../uploads.ts'
import type { Addressing } from './pending-post.ts'
import { picturesOf } from './shown-pictures.ts'

/** How a message concerns the bot; undefined: it does not. */
export async function howAddressed(bot: BotContext, message: Message): Promise<Addressing | undefined> {
  if (!message.guildId) return 'direct'
  if (isCalled(bot, message)) return 'mention'
  if (picturesOf(message, { isAsked: false }).length === 0) return undefined
  const { watched } = await readSettings(bot.app.db, message.guildId)
  const parent = parentOf(message.channel)
  return watched.includes(message.channelId) || (parent && watched.includes(parent)) ? 'watched' : undefined
}

/** By name, by the role that Discord made for it, or by a reply, whether that one mentions it or not. */
function isCalled({ client }: BotContext, { mentions, guild }: Message): boolean {
  const role = guild?.roles.botRoleFor(client.user)
  return (
    mentions.has(client.user, { ignoreEveryone: true, ignoreRoles: true }) ||
    mentions.repliedUser?.id === client.user.id ||
    (role !== undefined && role !== null && mentions.roles.has(role.id))
  )
}

/** Whether somebody wrote the bot's name, or that of its role: a reply to the bot mentions it, too. */
export function isNamed({ client }: BotContext, { content, mentions, guild }: Message): boolean {
  if (content.includes(`<@${client.user.id}>`) || content.includes(`<@!${client.user.id}>`)) return true
  const role = guild?.roles.botRoleFor(client.user)
  // Without the intent the content is empty, and only the mention is there.
  return role !== undefined && role !== null && mentions.roles.has(role.id)
}

/** Pictures and the message that shows them. */
type Meant = { uploads: Upload[]; shownBy: Message }

/**
 * The message's own pictures; if it has none and asks, those of the message that it replies to, or of the one that the
 * bot had answered.
 */
export async function picturesMeant(bot: BotContext, message: Message): Promise<Meant> {
  const isAsked = !message.guildId || isCalled(bot, message)
  const own = { uploads: picturesOf(message, { isAsked }), shownBy: message }
  if (own.uploads.length > 0 || (message.guildId && !isNamed(bot, message))) return own
  let shownBy = await readRepliedTo(message)
  if (shownBy?.author.id === bot.client.user.id) shownBy = await readRepliedTo(shownBy)
  return shownBy ? { uploads: picturesOf(shownBy, { isAsked }), shownBy } : own
}

/** Undefined: it replies to nothing, or to what is gone or must not be read. */
export async function readRepliedTo(message: Message): Promise<Message | undefined> {
  const { reference } = message
  if (!reference?.messageId || reference.type === MessageReferenceType.Forward) return undefined
  const known = message.channel.messages.cache.get(reference.messageId)
  return known ?? message.fetchReference().catch(() => undefined)
}
