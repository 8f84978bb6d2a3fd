import type { Message } from 'discord.js'
import { claimMessage } from '../../db/messages.ts'
import type { BotContext } from '../context.ts'
import { parentOf } from '../member.ts'
import { howAddressed, isNamed, uploadsMeant } from '../messages/addressing.ts'
import { answerPost } from '../messages/answer-post.ts'
import type { PendingPost } from '../messages/pending-post.ts'

/** A posted message: answered once, if it is meant for the bot or stands in a watched channel. */
export async function onMessage(bot: BotContext, message: Message): Promise<void> {
  if (message.author.bot || message.system || message.webhookId || bot.isStopping) return
  const call = await howAddressed(bot, message)
  if (!call) return
  const uploads = uploadsMeant(bot, message)
  const wantsAnswer = call === 'direct' || isNamed(bot, message)
  if (uploads.length === 0 && !wantsAnswer) return
  const locale = message.guild?.preferredLocale ?? null
  const post: PendingPost = { call, uploads, locale, parent: parentOf(message.channel) }
  const isNew = await claimMessage(bot.app.db, {
    id: message.id,
    channel: message.channelId,
    server: message.guildId ?? '',
    work: JSON.stringify(post),
  })
  if (isNew) await answerPost(bot, message, post)
}
