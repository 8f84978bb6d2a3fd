// Interactions, as Discord sends them to a bot.
import {
  type Attachment,
  BASIC,
  type Channel,
  type Guild,
  type Message,
  memberOf,
  snowflake,
  type User,
} from './entities.ts'

/** What came of an interaction. */
export type Interaction = {
  id: string
  token: string
  channel: Channel
  at: number
  /** Of the first answer; undefined until there is one. */
  type?: number
  acknowledgedAfter?: number
  data?: Record<string, unknown>
  message?: Message
  edits: number
  followUps: Message[]
  /** The first answer came after Discord's deadline and was refused: nothing more can come. */
  isLate?: boolean
  /** The bot was not told that its first answer was taken: it tries again, and is refused. */
  isAnswerLost?: boolean
  /** What the button that was pressed is below. */
  below: Message | undefined
  changed(): void
}

/** Who does something, and where. */
export type Who = { guild?: Guild; channel?: Channel; user: User; permissions?: bigint; locale?: string }

type Sent = { from: Interaction; type: number; data: object; message: Message | undefined }

/** The event that tells a bot about an interaction. */
export function eventOf(bot: User, who: Who, { from, type, data, message }: Sent) {
  const { guild, user, permissions = BASIC, locale = 'en-US' } = who
  const inGuild = guild && {
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.locale, features: [] },
    guild_locale: guild.locale,
    member: { ...memberOf(guild, user), permissions: String(permissions) },
  }
  return {
    id: from.id,
    token: from.token,
    type,
    data,
    version: 1,
    application_id: bot.id,
    channel_id: from.channel.id,
    channel: from.channel,
    app_permissions: String(BASIC),
    locale,
    entitlements: [],
    context: guild ? 0 : 1,
    authorizing_integration_owners: guild ? { 0: guild.id } : {},
    attachment_size_limit: 10 * 2 ** 20,
    ...(inGuild ?? { user }),
    ...(message && { message }),
  }
}

type Described = { options?: { name: string; type: number }[] }
type Given = { name: string; described: Described; options: Record<string, unknown>; attachments: Attachment[] }
type Channels = { channel(id: string): Channel | undefined }

/** A slash command with its options and uploads. */
export function commandData(stand: Channels, who: Who, { name, described, options, attachments }: Given) {
  const uploads = described.options?.filter((o) => o.type === 11) ?? []
  const files = attachments.map((a, i) => ({ name: uploads[i]!.name, type: 11, value: a.id }))
  const given = Object.entries(options).map(([option, value]) => {
    const type = described.options?.find((o) => o.name === option)?.type
    if (!type) throw new Error(`${name} has no option ${option}`)
    return { name: option, type, value }
  })
  const resolved = { ...resolveAttachments(attachments), ...resolve(stand, who, given) }
  return { id: snowflake(), name, type: 1, options: [...given, ...files], resolved }
}

/** A form with its text and its uploads. */
export function submission(form: Pick<Interaction, 'data'>, label: string, attachments: Attachment[]) {
  const { custom_id, components } = form.data as {
    custom_id: string
    components: { component: { custom_id: string; type: number } }[]
  }
  const filled = components.map(({ component: { custom_id, type } }) => {
    const value = type === 19 ? { values: attachments.map((a) => a.id) } : { value: label }
    return { type: 18, id: 1, component: { type, id: 2, custom_id, ...value } }
  })
  return { custom_id, components: filled, resolved: resolveAttachments(attachments) }
}

const resolveAttachments = (attachments: Attachment[]) => ({
  attachments: Object.fromEntries(attachments.map((a) => [a.id, a])),
})

/** Channels, roles and people that options name. */
export function resolve(stand: Channels, { guild }: Who, given: { type: number; value: unknown }[]) {
  const pick = (type: number) => given.filter((g) => g.type === type).map((g) => String(g.value))
  const users = guild?.members.filter((m) => pick(6).includes(m.user.id)).map((m) => m.user) ?? []
  return {
    channels: Object.fromEntries(pick(7).map((id) => [id, { ...stand.channel(id), permissions: '0' }])),
    roles: Object.fromEntries(
      guild?.roles.filter((r) => pick(8).includes(r.id)).map((r) => [r.id, { ...r, position: 1, color: 0 }]) ?? [],
    ),
    users: Object.fromEntries(users.map((u) => [u.id, u])),
    members: Object.fromEntries(
      users.map((u) => [u.id, { ...memberOf(guild!, u), user: undefined, permissions: '0' }]),
    ),
  }
}
