import { setTimeout as sleep } from 'node:timers/promises'
import { RESTJSONErrorCodes as Code, DiscordAPIError, type Message, type MessageReplyOptions } from 'discord.js'
import type { BotContext } from '../context.ts'
import { waitForReplySlot } from './rate-limit.ts'

/** Milliseconds before a reply that failed is tried again. */
const AGAIN = [500, 2_000, 8_000]
const GONE: unknown[] = [
  ...[Code.UnknownMessage, Code.UnknownChannel, Code.UnknownGuild, Code.MissingAccess, Code.MissingPermissions],
  // A reply to what was deleted.
  Code.InvalidFormBodyOrContentType,
]

/**
 * Replies to a posted message, and tries again where Discord fails. Its nonce makes Discord drop a second copy. What
 * cannot be said because the message, the channel or the permission is gone is left unsaid.
 */
export async function sendReply(bot: BotContext, message: Message, payload: MessageReplyOptions): Promise<void> {
  for (const pause of [...AGAIN, undefined]) {
    try {
      await waitForReplySlot()
      await message.reply({ ...payload, nonce: message.id, enforceNonce: true })
      return
    } catch (error) {
      if (error instanceof DiscordAPIError && GONE.includes(error.code)) {
        bot.log.info({ code: error.code, channel: message.channelId }, 'reply not possible any more')
        return
      }
      if (pause === undefined || bot.isStopping) throw error
      await sleep(pause)
    }
  }
}

export async function react(bot: BotContext, message: Message, emoji: string): Promise<void> {
  await waitForReplySlot()
  await message
    .react(emoji)
    .catch((error) => bot.log.info({ code: error.code, channel: message.channelId }, 'no reaction'))
}
