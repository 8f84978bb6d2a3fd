import { setTimeout as sleep } from 'node:timers/promises'
import { DiscordAPIError, type Message } from 'discord.js'
import { finishMessage, listUnfinishedMessages } from '../../db/messages.ts'
import type { BotContext } from '../context.ts'
import { answerPost } from './answer-post.ts'
import { PendingPost } from './pending-post.ts'
import { readPost } from './take-post.ts'

/** Before each further try of a question that Discord failed to answer. */
const RETRY_DELAYS_MS = [500, 2_000, 8_000]
/** Messages after a post among which its answer is looked for: Discord gives so many at a time. */
const MAX_LATER = 100
/** Forbidden, and not found. */
const GONE_STATUS = [403, 404]

type Unfinished = Awaited<ReturnType<typeof listUnfinishedMessages>>[number]

/** Answers what a process that stopped had taken. */
export async function resumePosts(bot: BotContext): Promise<void> {
  // One that fails holds up none of the others, and stays open.
  for (const message of await listUnfinishedMessages(bot.app.db))
    await resume(bot, message).catch((err: unknown) => bot.log.warn({ err }, 'a pending post could not be answered'))
}

async function resume(bot: BotContext, { id, channel, work }: Unfinished): Promise<void> {
  const { data: post, error } = PendingPost.safeParse(JSON.parse(work))
  if (error) bot.log.error({ err: error }, 'a pending post cannot be read')
  const message = post && (await findOpen(bot, channel, id))
  if (message) await answerPost(bot, message, await readAnew(bot, message, post))
  else await finishMessage(bot.app.db, id)
}

/** Addresses may have expired while the bot was down: the message has new ones. */
export async function readAnew(bot: BotContext, message: Message, post: PendingPost): Promise<PendingPost> {
  const current = await readPost(bot, message, post.call)
  return current.uploads.length > 0 ? current : post
}

/**
 * Undefined: the channel or the message is gone, or the process ended just after it had answered. Throws what Discord
 * fails with again and again.
 */
export async function findOpen(bot: BotContext, channelId: string, id: string): Promise<Message | undefined> {
  for (const delay of [...RETRY_DELAYS_MS, undefined]) {
    try {
      const channel = await bot.client.channels.fetch(channelId)
      if (!channel?.isTextBased()) return undefined
      const message = await channel.messages.fetch(id)
      return (await hasReply(bot, message)) ? undefined : message
    } catch (error) {
      if (error instanceof DiscordAPIError && GONE_STATUS.includes(error.status)) return undefined
      if (delay === undefined || bot.isStopping) throw error
      await sleep(delay)
    }
  }
}

/** Discord drops a second copy of an answer by itself, but only for some minutes. */
async function hasReply({ client }: BotContext, { id, channel }: Message): Promise<boolean> {
  const later = await channel.messages.fetch({ after: id, limit: MAX_LATER, cache: false })
  return later.some((message) => message.author.id === client.user.id && message.reference?.messageId === id)
}
