import { Client, Partials, REST, Routes, Status } from 'discord.js'
import { z } from 'zod'
import type { RequestLimit } from '../request-limit.ts'
import { restOptions } from '../rest-options.ts'
import type { Raw } from './raw-events.ts'

const Identified = z.looseObject({ id: z.string() })

/** A shard, as far as discord.js asks for one while it makes something of an event. */
const SHARD = { id: 0, checkReady(): void {} }

/**
 * Discord without a connection to its gateway: asked by REST, and told by other processes what happened. Each call gets a
 * client of its own (half a millisecond, 8 KB), which knows the server as it was when the call came and is forgotten with
 * it: nothing grows old in it, and two calls of a server never see each other's half of it.
 */
export class RemoteDiscord {
  readonly rest: REST
  private readonly token: string
  private readonly user: Raw
  private readonly application: Raw

  private constructor(rest: REST, token: string, { user, application }: { user: Raw; application: Raw }) {
    this.rest = rest
    this.token = token
    this.user = user
    this.application = application
  }

  /** Asks Discord who the bot is. @param api Discord's REST address, where it is not Discord's own */
  static async open(
    { token, api }: { token: string; api: string | undefined },
    limit: RequestLimit,
  ): Promise<RemoteDiscord> {
    const rest = new REST(restOptions(api, { limit })).setToken(token)
    const [user, application] = await Promise.all([rest.get(Routes.user()), rest.get(Routes.currentApplication())])
    return new RemoteDiscord(rest, token, { user: Identified.parse(user), application: Identified.parse(application) })
  }

  get applicationId(): string {
    return this.application.id
  }

  /** A client that knows the bot, and the server that is given. */
  client(guild: Raw | null = null): Client<true> {
    const client = new Client({
      intents: [],
      partials: [Partials.Channel],
      allowedMentions: { parse: [], repliedUser: false },
      failIfNotExists: true,
      // Timers would hold it forever.
      rest: { hashSweepInterval: 0, handlerSweepInterval: 0 },
      sweepers: { threads: { interval: 0, lifetime: 0 } },
    })
    client.rest = this.rest
    client.token = this.token
    receive(client, 'READY', { user: this.user, application: this.application, guilds: [] })
    if (guild) receive(client, 'GUILD_CREATE', guild)
    client.ws.status = Status.Ready
    if (!client.isReady()) throw new Error('Expected a client that is ready')
    return client
  }
}

/**
 * Hands an event to discord.js as its gateway does: it makes of it what it would there, and tells its listeners at once.
 * It has no public way for that, and its constructors are private, too.
 */
export function receive({ ws }: Client, type: string, data: unknown): void {
  Reflect.apply(Reflect.get(ws, 'handlePacket'), ws, [{ op: 0, t: type, d: data }, SHARD])
}
