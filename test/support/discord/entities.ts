// What Discord's objects look like on the wire; absent fields are left out, as discord.js expects.
import { PermissionFlagsBits } from 'discord.js'
import { type Component, ofType } from './components.ts'

import { serverId } from './shard.ts'

export type { Component }

let last = 1_400_000_000_000_000_000n
/** Snowflakes of now: discord.js reads times from them. */
export function snowflake(): string {
  const now = (BigInt(Date.now()) - 1_420_070_400_000n) << 22n
  last = now > last ? now : last + 1n
  return String(last)
}

export type User = {
  id: string
  username: string
  bot?: boolean
  discriminator: string
  global_name: string | null
  avatar: null
}
export const makeUser = (username: string, bot = false): User => ({
  ...{ id: snowflake(), username, discriminator: '0', global_name: username, avatar: null },
  ...(bot && { bot }),
})

const P = PermissionFlagsBits
export const BASIC =
  P.ViewChannel | P.SendMessages | P.ReadMessageHistory | P.AddReactions | P.AttachFiles | P.EmbedLinks
export const MANAGES_MESSAGES = BASIC | P.ManageMessages
export const MANAGES_SERVER = MANAGES_MESSAGES | P.ManageGuild

type Overwrite = { id: string; type: 0 | 1; allow: string; deny: string }
export type Channel = {
  id: string
  type: number
  name?: string
  guild_id?: string
  position?: number
  permission_overwrites?: Overwrite[]
  recipients?: User[]
  parent_id?: string
  nsfw?: boolean
}
export type Guild = {
  id: string
  name: string
  owner: User
  channels: Channel[]
  /** `tags`: whose role it is, where Discord made it. */
  roles: { id: string; name: string; permissions: string; tags?: { bot_id: string } }[]
  members: { user: User; roles: string[] }[]
  locale: string
  systemChannel: string | null
}

type GuildOptions = { locale?: string; quiet?: boolean; id?: string }
export function makeGuild(name: string, bot: User, options: GuildOptions = {}): Guild {
  const { locale = 'en-US', quiet = false, id = serverId() } = options
  const owner = makeUser(`${name}-owner`)
  const channel = (name: string, position: number): Channel => ({
    ...{ id: snowflake(), type: 0, name, guild_id: id, position, permission_overwrites: [] },
  })
  const channels = [channel('general', 0), channel('pictures', 1), channel('short-lived', 2)]
  return {
    ...{ id, name, owner, channels, locale, systemChannel: quiet ? null : channels[0]!.id },
    roles: [
      { id, name: '@everyone', permissions: String(BASIC) },
      { id: snowflake(), name: 'teachers', permissions: '0' },
      { id: snowflake(), name: 'moderators', permissions: String(MANAGES_MESSAGES) },
      { id: snowflake(), name: 'managers', permissions: String(MANAGES_SERVER) },
    ],
    members: [
      { user: owner, roles: [] },
      { user: bot, roles: [] },
    ],
  }
}

export const memberOf = (guild: Guild, user: User) => ({
  ...{ user, roles: guild.members.find((m) => m.user.id === user.id)?.roles ?? [], joined_at: JOINED },
  ...{ deaf: false, mute: false, flags: 0, nick: null, avatar: null, premium_since: null },
})
const JOINED = '2026-01-01T00:00:00.000000+00:00'

export const roleJson = (role: Guild['roles'][number], position: number) => ({
  ...{ ...role, position, color: 0, colors: { primary_color: 0, secondary_color: null, tertiary_color: null } },
  ...{ hoist: false, managed: false, mentionable: false, flags: 0 },
})

export const guildJson = (guild: Guild) => ({
  ...{ id: guild.id, name: guild.name, owner_id: guild.owner.id, preferred_locale: guild.locale, unavailable: false },
  ...{ icon: null, splash: null, banner: null, description: null, vanity_url_code: null, discovery_splash: null },
  ...{
    roles: guild.roles.map(roleJson),
    channels: guild.channels,
    threads: [],
    emojis: [],
    stickers: [],
    features: [],
  },
  ...{ members: guild.members.map((m) => memberOf(guild, m.user)), member_count: guild.members.length, large: false },
  ...{ voice_states: [], presences: [], stage_instances: [], guild_scheduled_events: [], soundboard_sounds: [] },
  ...{ afk_channel_id: null, afk_timeout: 300, system_channel_id: guild.systemChannel, system_channel_flags: 0 },
  ...{ rules_channel_id: null, public_updates_channel_id: null, safety_alerts_channel_id: null, application_id: null },
  ...{
    premium_tier: 0,
    premium_subscription_count: 0,
    premium_progress_bar_enabled: false,
    nsfw_level: 0,
    mfa_level: 0,
  },
  ...{ verification_level: 0, default_message_notifications: 0, explicit_content_filter: 0, joined_at: JOINED },
})

export type Attachment = {
  id: string
  filename: string
  size: number
  url: string
  proxy_url: string
  content_type: string
}
export type Message = {
  id: string
  channel_id: string
  guild_id?: string
  author: User
  content: string
  attachments: Attachment[]
  components: Component[]
  embeds: { description?: string; [key: string]: unknown }[]
  flags: number
  /** Everything that it says. Neither this nor `buttons` goes over the wire. */
  readonly text: string
  readonly buttons: Component[]
  [key: string]: unknown
}

export function makeMessage(channel: Channel, author: User, more: Partial<Message> = {}): Message {
  const message: Message = {
    ...{ id: snowflake(), channel_id: channel.id, ...(channel.guild_id && { guild_id: channel.guild_id }), author },
    ...{ content: '', attachments: [], components: [], embeds: [], flags: 0, type: 0, tts: false, pinned: false },
    ...{ mention_everyone: false, mentions: [], mention_roles: [], timestamp: new Date().toISOString() },
    ...{ edited_timestamp: null, text: '', buttons: [], ...more },
  }
  Object.defineProperty(message, 'text', { get: () => textIn(message), enumerable: false })
  Object.defineProperty(message, 'buttons', { get: () => ofType(message.components, 'button'), enumerable: false })
  return message
}

/** In its text, in its embeds, in its cards. */
const textIn = ({ content, embeds, components }: Pick<Message, 'content' | 'embeds' | 'components'>): string =>
  [content, ...embeds.map((e) => e.description), ...ofType(components, 'text').map((c) => c.content)]
    .filter(Boolean)
    .join('\n')
