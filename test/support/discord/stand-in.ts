// A stand-in for Discord on loopback: REST, gateway and CDN, as strict as the real one where that matters to a bot.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Attachment,
  BASIC,
  type Channel,
  type Component,
  type Guild,
  guildJson,
  type Message,
  makeGuild,
  makeMessage,
  makeUser,
  memberOf,
  snowflake,
  type User,
} from './entities.ts'
import { Gateway } from './gateway.ts'
import { type Reply, readCall, route } from './rest.ts'

export const TOKEN = 'stand.in.token'

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
  /** What the button that was pressed is below. */
  below: Message | undefined
  changed(): void
}

type Fault = { path: RegExp; times: number; status?: number; delay?: number; retryAfter?: number }
type Who = { guild?: Guild; channel?: Channel; user: User; permissions?: bigint; locale?: string }

export class StandIn {
  readonly bot = makeUser('mekiki', true)
  readonly guilds: Guild[] = []
  readonly messages = new Map<string, Message>()
  readonly nonces = new Map<string, Message>()
  readonly interactions = new Map<string, Interaction>()
  /** What the bot wrote in channels, reactions that it made. */
  readonly said: Message[] = []
  readonly reactions: { message: string; emoji: string }[] = []
  onSaid: (message: Message) => void = () => {}
  onReaction: (message: string) => void = () => {}
  readonly calls: string[] = []
  /** What no bot may do: a test that ends with any of them fails. */
  readonly complaints: string[] = []
  readonly faults: Fault[] = []
  commands: Record<string, unknown>[] = []
  registrations = 0
  readonly gateway: Gateway
  private readonly server: Server
  private readonly files = new Map<string, { bytes: Uint8Array; type: string; fault?: Reply | 'slow' | 'endless' }>()
  private readonly directs: Channel[] = []

  private constructor(server: Server) {
    this.server = server
    this.gateway = new Gateway(
      server,
      TOKEN,
      () => ({
        ...{ v: 10, user: this.bot, application: { id: this.bot.id, flags: 0 }, resume_gateway_url: this.gatewayUrl },
        ...{ guilds: this.guilds.map(({ id }) => ({ id, unavailable: true })), shard: [0, 1], private_channels: [] },
      }),
      () => {
        for (const guild of this.guilds) this.gateway.send('GUILD_CREATE', guildJson(guild))
      },
    )
    server.on('request', async (request, response) => {
      const reply = await this.answer(request)
      const { status, body, headers } = reply
      const json = body === undefined || body instanceof Uint8Array ? {} : { 'content-type': 'application/json' }
      response.writeHead(status, { ...json, ...headers })
      response.end(body instanceof Uint8Array || body === undefined ? body : JSON.stringify(body))
    })
  }

  static async start(): Promise<StandIn> {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new StandIn(server)
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }
  get gatewayUrl(): string {
    return `ws://${this.host}/gateway`
  }
  /** What a bot is started with. */
  get env(): Record<string, string> {
    return { DISCORD_TOKEN: TOKEN, DISCORD_API: `http://${this.host}/api`, DISCORD_MEDIA_HOSTS: this.host }
  }
  gatewayInfo = () => ({
    ...{ url: this.gatewayUrl, shards: 1 },
    session_start_limit: { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 1 },
  })

  complain(what: string): void {
    this.complaints.push(what)
  }

  async stop(): Promise<void> {
    this.gateway.close()
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  // — the world —

  addGuild(name: string, how: { locale?: string; quiet?: boolean } = {}): Guild {
    const guild = makeGuild(name, this.bot, how)
    this.guilds.push(guild)
    if (this.gateway.isConnected) this.gateway.send('GUILD_CREATE', guildJson(guild))
    return guild
  }
  removeGuild(guild: Guild): void {
    this.guilds.splice(this.guilds.indexOf(guild), 1)
    this.gateway.send('GUILD_DELETE', { id: guild.id })
  }
  addUser(name: string, guild?: Guild): User {
    const user = makeUser(name)
    guild?.members.push({ user, roles: [] })
    return user
  }
  channel(id: string): Channel | undefined {
    return [...this.guilds.flatMap((g) => g.channels), ...this.directs].find((c) => c.id === id)
  }
  /** The bot's own permission in a channel. */
  may(channel: Channel, bit: bigint): boolean {
    const denied = channel.permission_overwrites?.reduce((all, o) => all | BigInt(o.deny), 0n) ?? 0n
    return (BASIC & bit & ~denied) === bit
  }
  forbid(guild: Guild, channel: Channel, bits: bigint): void {
    channel.permission_overwrites = [{ id: guild.id, type: 0, allow: '0', deny: String(bits) }]
    this.gateway.send('CHANNEL_UPDATE', channel)
  }

  removeChannel(guild: Guild, channel: Channel): void {
    guild.channels.splice(guild.channels.indexOf(channel), 1)
    this.gateway.send('CHANNEL_DELETE', channel)
  }

  /** A file on the CDN. */
  keep(filename: string, bytes: Uint8Array, fault?: Reply | 'slow' | 'endless', type = 'image/png'): Attachment {
    const id = snowflake()
    this.files.set(id, { bytes, type, ...(fault && { fault }) })
    const url = `http://${this.host}/attachments/${id}/${encodeURIComponent(filename)}?ex=1&is=2&hm=3`
    return { id, filename, size: bytes.length, url, proxy_url: url, content_type: type }
  }

  /** A message that the bot sent before, with the components that it had. */
  sentBefore(channel: Channel, components: Component[]): Message {
    const rows = components.map((component) => ({ type: 1, components: [component] }))
    const message = makeMessage(channel, this.bot, { content: 'from before', components: rows })
    this.messages.set(message.id, message)
    return message
  }

  // — what people do —

  command(who: Who, name: string, options: Record<string, unknown> = {}, attachments: Attachment[] = []): Interaction {
    const described = this.commands.find((c) => c.name === name) as
      | { options?: { name: string; type: number }[] }
      | undefined
    if (!described) throw new Error(`No command ${name} was registered`)
    const files = attachments.map((a, i) => ({ name: i === 0 ? 'picture' : `picture${i + 1}`, type: 11, value: a.id }))
    const given = Object.entries(options).map(([option, value]) => {
      const type = described.options?.find((o) => o.name === option)?.type
      if (!type) throw new Error(`${name} has no option ${option}`)
      return { name: option, type, value }
    })
    const resolved = {
      attachments: Object.fromEntries(attachments.map((a) => [a.id, a])),
      ...resolve(this, who, given),
    }
    return this.interact(who, 2, { id: snowflake(), name, type: 1, options: [...given, ...files], resolved })
  }
  menu(who: Who, name: string, message: Message): Interaction {
    const resolved = { messages: { [message.id]: message } }
    return this.interact(who, 2, { id: snowflake(), name, type: 3, target_id: message.id, resolved })
  }
  suggest(who: Who, name: string, option: string, value: string): Interaction {
    const options = [{ name: option, type: 3, value, focused: true }]
    return this.interact(who, 4, { id: snowflake(), name, type: 1, options })
  }
  press(who: Who, message: Message, label: string | RegExp): Interaction {
    const found = message.components.flatMap((r) => r.components).find((c) => c.type === 2 && c.label?.match(label))
    if (!found) throw new Error(`No button ${label} below ${message.content}: ${JSON.stringify(message.components)}`)
    return this.interact(who, 3, { custom_id: found.custom_id, component_type: 2 }, message)
  }
  choose(who: Who, message: Message, placeholder: string | RegExp, entry: string | RegExp): Interaction {
    const list = message.components
      .flatMap((r) => r.components)
      .find((c) => c.type === 3 && c.placeholder?.match(placeholder))
    const option = list?.options?.find((o) => o.label.match(entry))
    if (!list || !option) throw new Error(`No ${entry} in ${placeholder}: ${JSON.stringify(message.components)}`)
    return this.interact(who, 3, { custom_id: list.custom_id, component_type: 3, values: [option.value] }, message)
  }
  /** Submits the form that an interaction was answered with. */
  submit(who: Who, form: Pick<Interaction, 'data'>, label: string, attachments: Attachment[] = []): Interaction {
    const { custom_id, components } = form.data as {
      custom_id: string
      components: { component: { custom_id: string; type: number } }[]
    }
    const filled = components.map(({ component: { custom_id, type } }) => ({
      ...{ type: 18, id: 1 },
      component: {
        type,
        id: 2,
        custom_id,
        ...(type === 19 ? { values: attachments.map((a) => a.id) } : { value: label }),
      },
    }))
    const resolved = { attachments: Object.fromEntries(attachments.map((a) => [a.id, a])) }
    return this.interact(who, 5, { custom_id, components: filled, resolved })
  }
  post(who: Who, content: string, attachments: Attachment[] = [], more: Partial<Message> = {}): Message {
    const channel = who.channel ?? who.guild?.channels[0] ?? this.direct(who.user)
    const mentions = content.includes(`<@${this.bot.id}>`) ? [this.bot] : []
    const message = makeMessage(channel, who.user, { content, attachments, mentions, ...more })
    this.messages.set(message.id, message)
    const member = who.guild ? { member: { ...memberOf(who.guild, who.user), user: undefined } } : {}
    // Without the privileged intent only what is meant for the bot comes with its content.
    const isShown = this.gateway.seesContent || mentions.length > 0 || !who.guild
    this.gateway.send('MESSAGE_CREATE', {
      ...message,
      channel_type: channel.type,
      ...member,
      ...(!isShown && { content: '', attachments: [], embeds: [], components: [] }),
    })
    return message
  }
  remove(message: Message): void {
    this.messages.delete(message.id)
    this.gateway.send('MESSAGE_DELETE', { id: message.id, channel_id: message.channel_id, guild_id: message.guild_id })
  }
  direct(user: User): Channel {
    const known = this.directs.find((c) => c.recipients?.[0]?.id === user.id)
    if (known) return known
    const channel = { id: snowflake(), type: 1, recipients: [user] }
    this.directs.push(channel)
    return channel
  }

  // — what comes of it —

  /** The answer of an interaction once it is no longer "thinking" (a form, suggestions or a message). */
  async answerTo(from: Interaction, within = 20_000): Promise<Interaction> {
    await until(
      () =>
        from.type !== undefined &&
        (![5, 6].includes(from.type) || from.edits > 0) &&
        !((from.message?.flags ?? 0) & 128),
      within,
      () => `no answer to ${JSON.stringify(from.data)}; complaints: ${this.complaints.join('; ')}`,
    )
    return from
  }
  /** The text of it once it says such a thing. */
  async textOf(from: Interaction, what: RegExp = /./, within = 30_000): Promise<string> {
    const text = (): string => [from.message, ...from.followUps].map((m) => (m ? textIn(m) : '')).join('\n')
    await until(
      // An update says something only once it was made.
      () => what.test(text()) && !((from.message?.flags ?? 0) & 128) && (from.type !== 6 || from.edits > 0),
      within,
      () => `expected ${what}, received ${text()}`,
    )
    return text()
  }
  async replyTo(message: Message, within = 20_000): Promise<Message> {
    const find = () =>
      this.said.find((m) => (m.message_reference as { message_id?: string })?.message_id === message.id)
    await until(
      () => find() !== undefined,
      within,
      () => `no reply; complaints: ${this.complaints.join('; ')}`,
    )
    return find()!
  }

  private interact(who: Who, type: number, data: object, message?: Message): Interaction {
    const channel = who.channel ?? who.guild?.channels[0] ?? this.direct(who.user)
    const [id, token] = [snowflake(), `${type}-${snowflake()}`]
    const from: Interaction = {
      id,
      token,
      channel,
      at: performance.now(),
      edits: 0,
      followUps: [],
      below: message,
      changed() {},
    }
    this.interactions.set(token, from)
    const { guild, user } = who
    const place = guild
      ? {
          ...{
            guild_id: guild.id,
            guild: { id: guild.id, locale: guild.locale, features: [] },
            guild_locale: guild.locale,
          },
          member: { ...memberOf(guild, user), permissions: String(who.permissions ?? BASIC) },
        }
      : { user }
    this.gateway.send('INTERACTION_CREATE', {
      ...{ id, token, type, data, version: 1, application_id: this.bot.id, channel_id: channel.id, channel },
      ...{ app_permissions: String(BASIC), locale: who.locale ?? 'en-US', entitlements: [], context: guild ? 0 : 1 },
      ...{ authorizing_integration_owners: guild ? { 0: guild.id } : {}, attachment_size_limit: 10 * 2 ** 20 },
      ...place,
      ...(message && { message }),
    })
    return from
  }

  private async answer(request: Parameters<typeof readCall>[0]): Promise<Reply> {
    const { pathname } = new URL(request.url!, `http://${this.host}`)
    if (pathname.startsWith('/attachments/')) return this.serve(pathname.split('/')[2]!)
    const path = pathname.replace(/^\/api\/v10/, '')
    const call = await readCall(request, path)
    this.calls.push(`${call.method} ${path}`)
    const fault = this.faults.find((f) => f.times > 0 && f.path.test(`${call.method} ${path}`))
    if (fault) {
      fault.times--
      if (fault.delay) await sleep(fault.delay)
      if (fault.retryAfter !== undefined) return limited(fault.retryAfter)
      if (fault.status) return { status: fault.status, body: { code: 0, message: 'It does not work' } }
    }
    return route(this, call)
  }

  private async serve(id: string): Promise<Reply> {
    const file = this.files.get(id)
    if (!file) return { status: 404 }
    if (file.fault === 'slow') await sleep(1_500)
    else if (file.fault === 'endless') return { status: 200, body: new Uint8Array(40 * 2 ** 20) }
    else if (file.fault) return file.fault
    return { status: 200, body: file.bytes, headers: { 'content-type': file.type } }
  }
}

function limited(seconds: number): Reply {
  const headers = {
    'retry-after': String(seconds),
    'x-ratelimit-reset-after': String(seconds),
    'x-ratelimit-scope': 'user',
  }
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: seconds, global: false },
    headers: { ...headers, 'x-ratelimit-limit': '5', 'x-ratelimit-remaining': '0', 'x-ratelimit-bucket': 'b' },
  }
}

/** Channels, roles and people that options name. */
function resolve(stand: StandIn, { guild }: Who, given: { type: number; value: unknown }[]) {
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

export const textIn = (m: Message): string => [m.content, ...m.embeds.map((e) => e.description ?? '')].join('\n')

export async function until(is: () => boolean, within: number, why: () => string): Promise<void> {
  for (const end = performance.now() + within; !is(); ) {
    if (performance.now() > end) throw new Error(why())
    await sleep(10)
  }
}
