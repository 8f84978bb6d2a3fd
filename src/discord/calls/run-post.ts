import type { Message } from 'discord.js'
import { finishMessage } from '../../db/messages.ts'
import type { BotContext } from '../context.ts'
import { answerPost } from '../messages/answer-post.ts'
import { BUSY } from '../messages/busy.ts'
import type { PendingPost } from '../messages/pending-post.ts'
import { findOpen, readAnew } from '../messages/resume-posts.ts'
import { takeBack } from '../messages/send.ts'
import type { Ended } from './ended.ts'
import { giveUpPost } from './give-up.ts'

/** Discord drops a second copy of an answer for some minutes; after that the post is looked at again. */
const LOOKS_AGAIN_FROM_MS = 60_000

type Post = { post: PendingPost; hasWaited: boolean; isHopeless: boolean }

/** Answers a post that another process has received. */
export async function runPost(bot: BotContext, made: Message, { post, hasWaited, isHopeless }: Post): Promise<Ended> {
  const { call } = bot
  if (isHopeless) {
    await giveUpPost(bot, made, post)
    await finishMessage(bot.app.db, made.id)
    if (hasWaited && post.call !== 'watched') await takeBack(bot, made, BUSY)
    return { isOpen: false }
  }
  const isLate = call !== undefined && (call.isAgain || call.age() > LOOKS_AGAIN_FROM_MS)
  const message = isLate ? await findOpen(bot, made.channelId, made.id) : made
  if (!message) {
    await finishMessage(bot.app.db, made.id)
    return { isOpen: false }
  }
  const { isOpen, answer } = await answerPost(bot, message, isLate ? await readAnew(bot, message, post) : post)
  // The process that received it had shown that the answer would come later.
  if (hasWaited && !isOpen && post.call !== 'watched') await takeBack(bot, message, BUSY)
  return { isOpen, answer: answer && { id: answer.id, channel: message.channelId } }
}
