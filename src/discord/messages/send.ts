import { setTimeout as sleep } from 'node:timers/promises'
import { RESTJSONErrorCodes as Code, DiscordAPIError, type Message, type MessageReplyOptions } from 'discord.js'
import type { Door } from '../context.ts'
import { pace } from './rate-limit.ts'

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
export async function deliver(door: Door, message: Message, payload: MessageReplyOptions): Promise<void> {
  for (const pause of [...AGAIN, undefined]) {
    try {
      await pace()
      await message.reply({ ...payload, nonce: message.id, enforceNonce: true })
      return
    } catch (error) {
      if (error instanceof DiscordAPIError && GONE.includes(error.code)) {
        door.log.info({ code: error.code, channel: message.channelId }, 'reply not possible any more')
        return
      }
      if (pause === undefined || door.isStopping) throw error
      await sleep(pause)
    }
  }
}

export async function react(door: Door, message: Message, emoji: string): Promise<void> {
  await pace()
  await message
    .react(emoji)
    .catch((error) => door.log.info({ code: error.code, channel: message.channelId }, 'no reaction'))
}
