// A stand-in for Discord on loopback: REST, gateway and CDN, as strict as the real one where that matters to a bot.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Cdn, type FileFault } from './cdn.ts'
import { allIn, type Component, ofType } from './components.ts'
import {
  type Attachment,
  BASIC,
  type Channel,
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
import { applyFault, type Fault } from './faults.ts'
import { Gateway } from './gateway.ts'
import { commandData, eventOf, type Interaction, resolve, submission, type Who } from './interaction.ts'
import { type Described, Registered } from './registered.ts'
import { type Reply, readCall, route } from './rest.ts'
import { until } from './wait.ts'

export const TOKEN = 'stand.in.token'

export class StandIn {
  readonly bot = makeUser('mekiki', true)
  readonly guilds: Guild[] = []
  readonly messages = new Map<string, Message>()
  readonly nonces = new Map<string, Message>()
  readonly interactions = new Map<string, Interaction>()
  /** What the bot wrote in channels, reactions that it made. */
  readonly said: Message[] = []
  readonly reactions: { message: string; emoji: string }[] = []
  /** Reactions that it took back, and its own messages that it deleted, by id. */
  readonly takenBack: { message: string; emoji: string }[] = []
  readonly deleted: string[] = []
  onSaid: (message: Message) => void = () => {}
  onReaction: (message: string) => void = () => {}
  readonly calls: string[] = []
  /** What no bot may do: a test that ends with any of them fails. */
  readonly complaints: string[] = []
  readonly faults: (Fault & { path: RegExp; times: number })[] = []
  /** What goes wrong with a call, as in `GET /users/@me`, besides `faults`. */
  faultOf: (call: string) => Fault | undefined = () => undefined
  /** Those of all servers, and how often they were registered. */
  commands: Described[] = []
  registrations = 0
  /** Those of each server. */
  readonly registered = new Registered((what) => this.complain(what))
  /** Where bots are told to find the gateway, if not at `host`. */
  gatewayHost: string | undefined
  readonly gateway: Gateway
  private readonly server: Server
  private readonly cdn = new Cdn()
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
      const { status, body, headers, isCut } = await this.answer(request)
      if (isCut) return isCut === 'reset' ? request.socket.resetAndDestroy() : request.socket.destroy()
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
    return `ws://${this.gatewayHost ?? this.host}/gateway`
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
    this.registered.forget(guild)
    this.gateway.send('GUILD_DELETE', { id: guild.id })
  }
  /** @param role the name of one of the server's roles */
  addUser(name: string, guild?: Guild, role?: string): User {
    const user = makeUser(name)
    const roles = guild?.roles.filter((r) => r.name === role).map((r) => r.id) ?? []
    guild?.members.push({ user, roles })
    return user
  }
  takeRoles(guild: Guild, user: User): void {
    for (const member of guild.members) if (member.user.id === user.id) member.roles = []
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
  keep(filename: string, bytes: Uint8Array, fault?: FileFault, type?: string): Attachment {
    return this.cdn.keep(this.host, { filename, bytes, fault, type })
  }

  /** A file is no longer on the CDN. */
  lose({ id }: Attachment): void {
    this.cdn.lose(id)
  }

  /** A message that the bot sent before, with the components that it had. */
  sentBefore(channel: Channel, components: Component[]): Message {
    const rows = components.map((component) => ({ type: 1, components: [component] }))
    const drawn = this.keep('before.png', new Uint8Array(1))
    const said = { content: 'from before', embeds: [{ description: 'a long text' }], attachments: [drawn] }
    const message = makeMessage(channel, this.bot, { ...said, components: rows })
    this.messages.set(message.id, message)
    return message
  }

  // — what people do —

  /** A command that Discord shows to somebody. @throws where it does not */
  shown(who: Who, name: string, type?: number): Described {
    const command = this.registered.find(this.commands, who, name, type)
    if (!command) throw new Error(`No command ${name} was registered`)
    if (!this.registered.shows(who, command)) throw new Error(`Discord does not show ${name} to ${who.user.username}`)
    return command
  }
  isShown(who: Who, name: string, type?: number): boolean {
    const command = this.registered.find(this.commands, who, name, type)
    return command !== undefined && this.registered.shows(who, command)
  }

  /** Waits until Discord shows a command to somebody, or no longer does. */
  untilShown(who: Who, name: string, { type = 1, isShown = true } = {}): Promise<void> {
    return until(
      () => this.isShown(who, name, type) === isShown,
      20_000,
      () => `${name} is ${isShown ? 'not shown' : 'still shown'} to ${who.user.username}`,
    )
  }

  command(who: Who, name: string, options: Record<string, unknown> = {}, attachments: Attachment[] = []): Interaction {
    const described = this.shown(who, name)
    return this.interact(who, 2, commandData(this, who, { name, described, options, attachments }))
  }
  menu(who: Who, name: string, message: Message): Interaction {
    this.shown(who, name, 3)
    const resolved = { messages: { [message.id]: message } }
    return this.interact(who, 2, { id: snowflake(), name, type: 3, target_id: message.id, resolved })
  }
  suggest(who: Who, name: string, option: string, value: string): Interaction {
    const options = [{ name: option, type: 3, value, focused: true }]
    return this.interact(who, 4, { id: snowflake(), name, type: 1, options })
  }
  press(who: Who, message: Message, label: string | RegExp): Interaction {
    const found = message.buttons.find((c) => c.label?.match(label))
    if (!found) throw new Error(`No button ${label} below ${message.text}: ${JSON.stringify(message.components)}`)
    if (found.disabled) throw new Error(`The button ${label} cannot be pressed`)
    return this.interact(who, 3, { custom_id: found.custom_id, component_type: 2 }, message)
  }
  choose(who: Who, message: Message, placeholder: string | RegExp, entry: string | RegExp): Interaction {
    const list = ofType(message.components, 'list').find((c) => c.placeholder?.match(placeholder))
    const option = list?.options?.find((o) => o.label.match(entry))
    if (!list || !option) throw new Error(`No ${entry} in ${placeholder}: ${JSON.stringify(message.components)}`)
    return this.interact(who, 3, { custom_id: list.custom_id, component_type: 3, values: [option.value] }, message)
  }
  /** Chooses a role or a channel of the server from a list that Discord fills. */
  pick(who: Who, message: Message, placeholder: string | RegExp, id: string): Interaction {
    const lists = [...allIn(message.components)].filter((c) => c.type === 6 || c.type === 8)
    const list = lists.find((c) => c.placeholder?.match(placeholder))
    if (!list) throw new Error(`No list ${placeholder}: ${JSON.stringify(message.components)}`)
    const resolved = resolve(this, who, [{ type: list.type === 6 ? 8 : 7, value: id }])
    return this.interact(
      who,
      3,
      { custom_id: list.custom_id, component_type: list.type, values: [id], resolved },
      message,
    )
  }
  /** Submits the form that an interaction was answered with. */
  submit(who: Who, form: Pick<Interaction, 'data'>, label: string, attachments: Attachment[] = []): Interaction {
    return this.interact(who, 5, submission(form, label, attachments))
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
  /** Somebody edits a message, or Discord has opened its links. */
  edit(message: Message, changes: Partial<Message>): void {
    Object.assign(message, changes)
    this.gateway.send('MESSAGE_UPDATE', { ...message })
  }
  removeTogether(messages: Message[]): void {
    const [first] = messages
    for (const { id } of messages) this.messages.delete(id)
    const ids = messages.map(({ id }) => id)
    this.gateway.send('MESSAGE_DELETE_BULK', { ids, channel_id: first?.channel_id, guild_id: first?.guild_id })
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
        (![5, 6].includes(from.type) || from.edits + from.followUps.length > 0) &&
        !((from.message?.flags ?? 0) & 128),
      within,
      () => `no answer to ${JSON.stringify(from.data)}; complaints: ${this.complaints.join('; ')}`,
    )
    return from
  }
  /** The text of it once it says such a thing. */
  async textOf(from: Interaction, what: RegExp = /./, within = 30_000): Promise<string> {
    const text = (): string => [from.message, ...from.followUps].map((m) => m?.text ?? '').join('\n')
    await until(
      // An update says something only once it was made.
      () =>
        what.test(text()) &&
        !((from.message?.flags ?? 0) & 128) &&
        (from.type !== 6 || from.edits + from.followUps.length > 0),
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
    this.gateway.send('INTERACTION_CREATE', eventOf(this.bot, who, { from, type, data, message }))
    return from
  }

  private async answer(request: Parameters<typeof readCall>[0]): Promise<Reply> {
    const { pathname } = new URL(request.url!, `http://${this.host}`)
    if (pathname.startsWith('/attachments/')) return this.cdn.serve(pathname.split('/')[2] ?? '')
    const path = pathname.replace(/^\/api\/v10/, '')
    const call = await readCall(request, path)
    // JSON writes half a surrogate pair by its number.
    if (/\\ud[89a-f]/.test(JSON.stringify(call.body))) this.complain(`half a character in ${call.method} ${path}`)
    this.calls.push(`${call.method} ${path}`)
    const listed = this.faults.find((f) => f.times > 0 && f.path.test(`${call.method} ${path}`))
    if (listed) listed.times--
    const fault = listed ?? this.faultOf(`${call.method} ${path}`)
    return fault ? applyFault(this, call, fault) : route(this, call)
  }
}
