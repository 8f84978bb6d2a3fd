import type { Channel, Client, Guild, GuildMember, Role } from 'discord.js'

/** What is wanted of a server: the channels that matter, and the people whose permissions are asked for. */
type Wanted = { channels: (Channel | null | undefined)[]; people: string[] }

/**
 * As much of a server as it takes to answer one call, as Discord's GUILD_CREATE has it: its settings, the channels that
 * matter, the roles of those who matter and of the bot. Whoever makes a server of it needs to ask Discord for nothing.
 */
export function snapshotOf(client: Client<true>, guild: Guild, { channels, people }: Wanted) {
  const found = [...new Set([client.user.id, ...people])].map((id) => guild.members.cache.get(id))
  const members = found.filter((member) => member !== undefined)
  const own = guild.roles.botRoleFor(client.user)
  const roles = new Map([guild.roles.everyone, ...(own ? [own] : [])].map((role) => [role.id, role]))
  for (const member of members) for (const role of member.roles.cache.values()) roles.set(role.id, role)
  const places = new Map([...channels, guild.systemChannel].flatMap(withParent).map((channel) => [channel.id, channel]))
  const { id, name, ownerId, preferredLocale, nsfwLevel, systemChannelId, memberCount, features } = guild
  return {
    ...{ id, name, owner_id: ownerId, preferred_locale: preferredLocale, nsfw_level: nsfwLevel },
    ...{ system_channel_id: systemChannelId, system_channel_flags: 0, member_count: memberCount, features },
    ...{ unavailable: false, large: false, emojis: [], stickers: [] },
    roles: [...roles.values()].map(roleOf),
    members: members.map(memberOf),
    channels: [...places.values()].filter((channel) => !channel.isThread()).map(channelOf),
    threads: [...places.values()].filter((channel) => channel.isThread()).map(channelOf),
  }
}

/** A channel and the one that it belongs to. */
function withParent(channel: Channel | null | undefined): Channel[] {
  if (!channel || channel.isDMBased()) return []
  return channel.isThread() && channel.parent ? [channel.parent, channel] : [channel]
}

function roleOf({ id, name, permissions, rawPosition, hoist, managed, mentionable, tags }: Role) {
  const about = {
    id,
    name,
    permissions: String(permissions.bitfield),
    position: rawPosition,
    hoist,
    managed,
    mentionable,
  }
  return { ...about, color: 0, flags: 0, ...(tags?.botId && { tags: { bot_id: tags.botId } }) }
}

function memberOf({ id, guild, user, roles, nickname, joinedAt }: GuildMember) {
  return {
    user: {
      id,
      username: user.username,
      discriminator: user.discriminator,
      global_name: user.globalName,
      bot: user.bot,
    },
    roles: [...roles.cache.keys()].filter((role) => role !== guild.id),
    nick: nickname,
    joined_at: joinedAt?.toISOString() ?? null,
    ...{ deaf: false, mute: false, flags: 0 },
  }
}

function channelOf(channel: Channel) {
  const { id, type } = channel
  if (channel.isDMBased()) return { id, type }
  const { name, guildId, parentId } = channel
  const place = { id, type, name, guild_id: guildId, parent_id: parentId }
  if (channel.isThread())
    return {
      ...place,
      thread_metadata: { archived: false, auto_archive_duration: 1440, locked: channel.locked ?? false },
    }
  const overwrites = 'permissionOverwrites' in channel ? [...channel.permissionOverwrites.cache.values()] : []
  return {
    ...place,
    position: 'rawPosition' in channel ? channel.rawPosition : 0,
    nsfw: 'nsfw' in channel && channel.nsfw === true,
    permission_overwrites: overwrites.map(({ id, type, allow, deny }) => ({
      ...{ id, type, allow: String(allow.bitfield), deny: String(deny.bitfield) },
    })),
  }
}
