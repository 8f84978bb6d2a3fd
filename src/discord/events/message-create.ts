import type { Message } from 'discord.js'
import { isIgnored } from '../../db/ignored.ts'
import { claimMessage } from '../../db/messages.ts'
import { DIRECT, handOverPost } from '../calls/hand-over-post.ts'
import type { BotContext } from '../context.ts'
import { howAddressed, isNamed } from '../messages/addressing.ts'
import { answerPost } from '../messages/answer-post.ts'
import { BUSY } from '../messages/busy.ts'
import { mayUnfurl } from '../messages/no-picture.ts'
import { react } from '../messages/send.ts'
import { readPost } from '../messages/take-post.ts'
import { tellOpened, waitForLink } from '../messages/unfurling.ts'

/** An edit that comes later corrects a word, and asks nothing. */
const EDITED_WITHIN_MS = 10 * 60_000

/** A posted message: answered once, if it is meant for the bot or stands in a watched channel. */
export async function onMessage(bot: BotContext, message: Message): Promise<void> {
  if (message.author.bot || message.system || message.webhookId || bot.isStopping) return
  const call = await howAddressed(bot, message)
  if (!call || (call === 'watched' && (await wantsToBeLeftAlone(bot, message)))) return
  // Before anything is written or asked about it: what a server is spared, a direct message may not do either.
  if (call === 'direct' && !(await isWithinBudget(bot, message))) return
  const wantsAnswer = call === 'direct' || isNamed(bot, message)
  let post = await readPost(bot, message, call)
  if (post.uploads.length === 0 && wantsAnswer && mayUnfurl(message)) {
    await waitForLink(message)
    post = await readPost(bot, message, call)
  }
  if (post.uploads.length === 0 && !wantsAnswer) return
  if (bot.handedOver?.raw.of(message)) return handOverPost(bot, message, post)
  const isNew = await claimMessage(bot.app.db, {
    id: message.id,
    channel: message.channelId,
    server: message.guildId ?? '',
    work: JSON.stringify(post),
  })
  if (isNew) await answerPost(bot, message, post)
}

/** Discord has opened a link of it, or somebody has added the bot's name: then it is as if it came now. */
export async function onMessageEdited(bot: BotContext, message: Message): Promise<void> {
  if (tellOpened(message)) return
  if (Date.now() - message.createdTimestamp < EDITED_WITHIN_MS) await onMessage(bot, message)
}

const wantsToBeLeftAlone = ({ app }: BotContext, { guildId, author }: Message): Promise<boolean> =>
  isIgnored(app.db, { server: guildId ?? '', person: author.id })

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
