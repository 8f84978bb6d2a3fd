import { setTimeout as sleep } from 'node:timers/promises'
import { DiscordAPIError, type Message, type MessageReplyOptions, RESTJSONErrorCodes } from 'discord.js'
import type { BotContext } from '../context.ts'
import { waitForReplySlot } from './reply-rate-limit.ts'

/** Before each further try of a reply that failed. */
const RETRY_DELAYS_MS = [500, 2_000, 8_000]

/** The message, the channel or the permission is gone: no further try can help. */
const FINAL_CODES: unknown[] = [
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownGuild,
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  // A reply to a message that was deleted.
  RESTJSONErrorCodes.InvalidFormBodyOrContentType,
]

/**
 * Replies to a posted message, and tries again if Discord fails. Its nonce makes Discord drop a second copy. If the
 * message, the channel or the permission is gone, nothing is sent.
 */
export async function sendReply(bot: BotContext, message: Message, payload: MessageReplyOptions): Promise<void> {
  for (const delay of [...RETRY_DELAYS_MS, undefined]) {
    try {
      await waitForReplySlot()
      await message.reply({ ...payload, nonce: message.id, enforceNonce: true })
      return
    } catch (error) {
      if (error instanceof DiscordAPIError && FINAL_CODES.includes(error.code)) {
        bot.log.info({ code: error.code, channel: message.channelId }, 'reply no longer possible')
        return
      }
      if (delay === undefined || bot.isStopping) throw error
      await sleep(delay)
    }
  }
}

export async function react(bot: BotContext, message: Message, emoji: string): Promise<void> {
  await waitForReplySlot()
  await message
    .react(emoji)
    .catch((error) => bot.log.info({ code: error.code, channel: message.channelId }, 'reaction not sent'))
}
