import type { Message } from 'discord.js'
import { claimMessage } from '../../db/messages.ts'
import type { BotContext } from '../context.ts'
import { parentOf } from '../member.ts'
import { howAddressed, isNamed, uploadsMeant } from '../messages/addressing.ts'
import { answerPost, BUSY } from '../messages/answer-post.ts'
import type { PendingPost } from '../messages/pending-post.ts'
import { react } from '../messages/send.ts'

/** Not the id of a server. */
const DIRECT = 'direct'

/** A posted message: answered once, if it is meant for the bot or stands in a watched channel. */
export async function onMessage(bot: BotContext, message: Message): Promise<void> {
  if (message.author.bot || message.system || message.webhookId || bot.isStopping) return
  const call = await howAddressed(bot, message)
  if (!call) return
  const uploads = uploadsMeant(bot, message)
  const wantsAnswer = call === 'direct' || isNamed(bot, message)
  if (uploads.length === 0 && !wantsAnswer) return
  // Before anything is written or asked about it: what a server is spared, a direct message may not do either.
  if (call === 'direct' && !(await isWithinBudget(bot, message))) return
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

/** In a direct message a person has a budget of their own, whatever server it turns out to be about. */
async function isWithinBudget(bot: BotContext, message: Message): Promise<boolean> {
  try {
    bot.cooldowns.spend({ server: DIRECT, person: message.author.id, kind: 'direct messages', amount: 1 })
    return true
  } catch {
    await react(bot, message, BUSY)
    return false
  }
}
