import { type Message, PermissionFlagsBits } from 'discord.js'
import { card } from '../cards/card.ts'
import type { BotContext } from '../context.ts'
import { wordsFor } from '../words.ts'

/** Channels where it was said that the bot may not answer. */
const reported = new Set<string>()

/** Whether the bot may answer there. If not, it says so once, in the server's own channel for such messages. */
export async function mayAnswer({ client, log }: BotContext, { channel, guild }: Message): Promise<boolean> {
  if (channel.isDMBased() || !guild) return true
  const { ViewChannel, ReadMessageHistory, SendMessages, SendMessagesInThreads } = PermissionFlagsBits
  const sending = channel.isThread() ? SendMessagesInThreads : SendMessages
  if (channel.permissionsFor(client.user)?.has([ViewChannel, sending, ReadMessageHistory])) return true
  if (reported.has(channel.id)) return false
  reported.add(channel.id)
  log.warn({ server: guild.id, channel: channel.id }, 'permission to answer is missing')
  const { systemChannel } = guild
  if (systemChannel?.permissionsFor(client.user)?.has([ViewChannel, SendMessages]))
    await systemChannel
      .send(card(wordsFor(guild.preferredLocale).cannotAnswerIn(channel.id), 'warning'))
      .catch((error) => log.info({ server: guild.id, code: error.code }, 'missing permission not reported'))
  return false
}
