import { type Client, SnowflakeUtil } from 'discord.js'

/** Milliseconds after which nothing reads the channel of somebody's direct messages anymore: half an hour. */
const UNUSED_MS = 1_800_000

/**
 * Forgets the channels of direct messages: discord.js keeps one for everybody who ever wrote, and has no limit for them.
 * @param now milliseconds since 1970
 */
export function forgetDirectChannels(client: Client, now = Date.now()): void {
  client.channels.cache.sweep((channel) => {
    if (!channel.isDMBased()) return false
    // The id of the channel is older than any message in it.
    return now - SnowflakeUtil.timestampFrom(channel.lastMessageId ?? channel.id) > UNUSED_MS
  })
}
