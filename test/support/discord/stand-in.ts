// A stand-in for Discord on loopback: REST, gateway and CDN, as strict as the real one where that matters to a bot.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { until } from '../until.ts'
import { type Reply, readCall } from './call.ts'
import { Cdn, type FileFault } from './cdn.ts'
import type { Component } from './components.ts'
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
  type User,
} from './entities.ts'
import { applyFault, type Fault } from './faults.ts'
import { Gateway } from './gateway.ts'
import type { Interaction } from './interaction.ts'
import { OAuth } from './oauth.ts'
import { People } from './people.ts'
import { type Described, Registered } from './registered.ts'
import { RequestRate } from './request-rate.ts'
import { route } from './rest.ts'
import { type Shard, shardOf } from './shard.ts'

/** As many as Discord recommends, roughly. */
const SERVERS_OF_A_SHARD = 1_000

export const TOKEN = 'stand.in.token'

export class StandIn extends People {
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
  /** Where people log in to a page. */
  readonly oauth: OAuth = new OAuth(this)
  /** Requests a second, over all processes. */
  readonly rate = new RequestRate((what) => this.complain(what))
  private readonly server: Server
  private readonly cdn = new Cdn()
  protected readonly directs: Channel[] = []

  private constructor(server: Server) {
    super()
    this.server = server
    this.gateway = new Gateway(server, {
      token: TOKEN,
      ready: (shard) => ({
        ...{ v: 10, user: this.bot, application: { id: this.bot.id, flags: 0 }, resume_gateway_url: this.gatewayUrl },
        guilds: this.guildsOn(shard).map(({ id }) => ({ id, unavailable: true })),
        ...{ shard: [shard.id, shard.count], private_channels: [] },
      }),
      servers: (shard) => this.guildsOn(shard).map(guildJson),
      complain: (what) => this.complain(what),
    })
    this.gateway.membersOf = (server, ids) => {
      const guild = this.guilds.find((g) => g.id === server)
      const found = guild?.members.filter((m) => ids.includes(m.user.id)) ?? []
      return found.map((m) => memberOf(guild!, m.user))
    }
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
    ...{
      url: this.gatewayUrl,
      shards: this.gateway.shards ?? Math.max(1, Math.ceil(this.guilds.length / SERVERS_OF_A_SHARD)),
    },
    session_start_limit: this.gateway.identifies.limit,
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

  private guildsOn({ id, count }: Shard): Guild[] {
    return this.guilds.filter((guild) => shardOf(guild.id, count) === id)
  }

  /** @param how `id`: where its shard matters (shard.ts) */
  addGuild(name: string, how: { locale?: string; quiet?: boolean; id?: string } = {}): Guild {
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
  /** Discord tells of a change of a member only those who asked for it; a test may say so at once. */
  tellMember(guild: Guild, user: User): void {
    this.gateway.send('GUILD_MEMBER_UPDATE', { ...memberOf(guild, user), guild_id: guild.id })
  }
  removeMember(guild: Guild, user: User): void {
    guild.members = guild.members.filter((m) => m.user.id !== user.id)
    this.gateway.send('GUILD_MEMBER_REMOVE', { guild_id: guild.id, user })
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

  // — what comes of it —

  /** The answer of an interaction once it is no longer "thinking" (a form, suggestions or a message). */
  async answerTo(from: Interaction): Promise<Interaction> {
    await until(
      () =>
        from.type !== undefined &&
        (![5, 6].includes(from.type) || from.edits + from.followUps.length > 0) &&
        !((from.message?.flags ?? 0) & 128),
      () => `no answer to ${JSON.stringify(from.data)}; complaints: ${this.complaints.join('; ')}`,
    )
    return from
  }
  /** The text of it once it says such a thing. */
  async textOf(from: Interaction, what: RegExp = /./): Promise<string> {
    const text = (): string => [from.message, ...from.followUps].map((m) => m?.text ?? '').join('\n')
    await until(
      // An update says something only once it was made.
      () =>
        what.test(text()) &&
        !((from.message?.flags ?? 0) & 128) &&
        (from.type !== 6 || from.edits + from.followUps.length > 0),
      () => `expected ${what}, received ${text()}`,
    )
    return text()
  }
  async replyTo(message: Message): Promise<Message> {
    const find = () =>
      this.said.find((m) => (m.message_reference as { message_id?: string })?.message_id === message.id)
    await until(
      () => find() !== undefined,
      () => `no reply; complaints: ${this.complaints.join('; ')}`,
    )
    return find()!
  }

  private async answer(request: Parameters<typeof readCall>[0]): Promise<Reply> {
    const { pathname } = new URL(request.url!, `http://${this.host}`)
    if (pathname.startsWith('/attachments/')) return this.cdn.serve(pathname.split('/')[2] ?? '')
    const path = pathname.replace(/^\/api\/v10/, '')
    const isFaulty = this.faults.some((f) => f.times > 0 && f.path.test(`${request.method} ${path}`))
    const oauth = isFaulty ? undefined : await this.oauth.answer(request, pathname)
    if (oauth) {
      this.calls.push(`${request.method} ${pathname}`)
      return oauth
    }
    this.rate.note(path)
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
