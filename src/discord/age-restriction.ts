import { type Channel, type Guild, GuildNSFWLevel } from 'discord.js'

const RESTRICTED_LEVELS = [GuildNSFWLevel.Explicit, GuildNSFWLevel.AgeRestricted]

/**
 * Whether only adults may look into a channel, or into the one that a thread belongs to.
 * @returns undefined where it is not known
 */
export function isAgeRestricted(channel: Channel | null, guild: Guild | null): boolean | undefined {
  if (!guild) return false
  if (RESTRICTED_LEVELS.includes(guild.nsfwLevel)) return true
  if (!channel) return undefined
  const place = channel.isThread() ? channel.parent : channel
  if (!place) return undefined
  return 'nsfw' in place ? place.nsfw : false
}
