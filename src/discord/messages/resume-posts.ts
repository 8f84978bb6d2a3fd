import type { Message } from 'discord.js'
import { finishMessage, listUnfinishedMessages } from '../../db/messages.ts'
import type { BotContext } from '../context.ts'
import { answerPost } from './answer-post.ts'
import { PendingPost } from './pending-post.ts'

/** Answers what a process that stopped had taken. Discord itself drops an answer that was sent already. */
export async function resumePosts(bot: BotContext): Promise<void> {
  for (const { id, channel, work } of await listUnfinishedMessages(bot.app.db)) {
    const { data: post, error } = PendingPost.safeParse(JSON.parse(work))
    if (error) bot.log.error({ err: error }, 'a pending post cannot be read')
    const message = post && (await fetchMessage(bot, channel, id))
    if (message) await answerPost(bot, message, post)
    else await finishMessage(bot.app.db, id)
  }
}

/** Undefined: the channel or the message is gone. */
async function fetchMessage({ client }: BotContext, channelId: string, id: string): Promise<Message | undefined> {
  try {
    const channel = await client.channels.fetch(channelId)
    return channel?.isTextBased() ? await channel.messages.fetch(id) : undefined
  } catch {
    return undefined
  }
}
