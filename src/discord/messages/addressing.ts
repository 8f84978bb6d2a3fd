import type { Message } from 'discord.js'
import { readSettings } from '../../services/settings.ts'
import type { BotContext } from '../context.ts'
import { parentOf } from '../member.ts'
import { type Upload, uploadsOf } from '../uploads.ts'
import type { Addressing } from './pending-post.ts'

/** How a message concerns the bot; undefined: it does not. */
export async function howAddressed({ app, client }: BotContext, message: Message): Promise<Addressing | undefined> {
  if (!message.guildId) return 'direct'
  if (message.mentions.has(client.user, { ignoreEveryone: true, ignoreRoles: true })) return 'mention'
  if (message.attachments.size === 0) return undefined
  const { watched } = await readSettings(app.db, message.guildId)
  const parent = parentOf(message.channel)
  return watched.includes(message.channelId) || (parent && watched.includes(parent)) ? 'watched' : undefined
}

/** Whether somebody wrote the bot's name: every reply to the bot mentions it, too. */
export const isNamed = ({ client }: BotContext, { content }: Message): boolean =>
  content.includes(`<@${client.user.id}>`) || content.includes(`<@!${client.user.id}>`)

/** The message's own pictures; if it has none and names the bot, those of the message that it replies to. */
export function uploadsMeant(bot: BotContext, message: Message): Upload[] {
  const own = uploadsOf(message)
  if (own.length > 0 || !isNamed(bot, message)) return own
  const repliedTo = message.channel.messages.cache.get(message.reference?.messageId ?? '')
  return repliedTo && repliedTo.author.id !== bot.client.user.id ? uploadsOf(repliedTo) : own
}
