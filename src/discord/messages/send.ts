import { setTimeout as sleep } from 'node:timers/promises'
import { DiscordAPIError, type Message, type MessageMentionOptions, RESTJSONErrorCodes, Routes } from 'discord.js'
import type { CardMessage } from '../cards/card.ts'
import type { BotContext } from '../context.ts'
import { waitForReplySlot } from './reply-rate-limit.ts'

/** `allowedMentions`: by default nobody is called. */
export type Reply = CardMessage & { allowedMentions?: MessageMentionOptions }

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
 * Replies to a posted message, and tries again if Discord fails. Its nonce makes Discord drop a second copy.
 * @returns the reply; undefined where the message, the channel or the permission is gone, and nothing was sent
 */
export async function sendReply(bot: BotContext, message: Message, payload: Reply): Promise<Message | undefined> {
  for (const delay of [...RETRY_DELAYS_MS, undefined]) {
    try {
      await waitForReplySlot()
      return await message.reply({ ...payload, nonce: message.id, enforceNonce: true })
    } catch (error) {
      if (error instanceof DiscordAPIError && FINAL_CODES.includes(error.code)) {
        bot.log.info({ code: error.code, channel: message.channelId }, 'reply no longer possible')
        return undefined
      }
      if (delay === undefined || bot.isStopping) throw error
      await sleep(delay)
    }
  }
  return undefined
}

/** Takes back a reaction of the bot's own, whichever process made it. */
export async function takeBack(bot: BotContext, { id, channelId }: Message, emoji: string): Promise<void> {
  await waitForReplySlot()
  await bot.client.rest
    .delete(Routes.channelMessageOwnReaction(channelId, id, encodeURIComponent(emoji)))
    .catch((err: unknown) => bot.log.info({ err, channel: channelId }, 'reaction not taken back'))
}

/** Resolves to what takes the reaction back. */
export async function react(bot: BotContext, message: Message, emoji: string): Promise<() => Promise<void>> {
  await waitForReplySlot()
  const ignoreMissing = (error: { code?: unknown }): undefined => {
    bot.log.info({ code: error.code, channel: message.channelId }, 'reaction not sent')
    return undefined
  }
  const reaction = await message.react(emoji).catch(ignoreMissing)
  return async () => {
    await reaction?.users.remove(bot.client.user).catch(ignoreMissing)
  }
}
