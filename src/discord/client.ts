import {
  type CacheWithLimitsOptions,
  Client,
  Events,
  GatewayIntentBits,
  Options,
  Partials,
  RESTEvents,
  type SweeperOptions,
  type WebSocketOptions,
} from 'discord.js'
import type { ServeConfig } from '../config.ts'
import { UserError } from '../errors.ts'
import type { Logger } from '../logger.ts'
import { logIn } from './login.ts'
import { abortable, untilReached } from './reach.ts'
import { reachGateway } from './reach-gateway.ts'
import type { RequestLimit } from './request-limit.ts'
import { restOptions } from './rest-options.ts'

const BASIC_INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages]

/** `identify`: begins sessions apart; `onTaken`: somebody else has answered an interaction. */
type ClientShard = {
  id: number
  count: number
  identify: NonNullable<WebSocketOptions['buildIdentifyThrottler']>
  onTaken(): void
}

type ConnectOptions<Bot> = {
  serving: ServeConfig & { token: string }
  log: Logger
  /** Gives up. */
  signal: AbortSignal
  /** Of all requests; left out: there is none. */
  limit?: RequestLimit
  /** One of many; left out: this client has them all. */
  shard?: ClientShard
  /** Whether the Message Content intent is worth asking for. */
  asksForContent?: boolean
  /** Called before the first event arrives. `seesContent`: the Message Content intent is granted. */
  onReady(client: Client<true>, seesContent: boolean): Bot
  onTokenRevoked(): void
}

/**
 * Logs in, with the privileged Message Content intent if it is granted and without it otherwise. Resolves to what
 * `onReady` returned. Throws UserError discord.token, discord.intents
 */
export async function connect<Bot>({
  serving,
  log,
  signal,
  limit,
  shard,
  asksForContent = true,
  onReady,
  onTokenRevoked,
}: ConnectOptions<Bot>): Promise<Bot> {
  for (const seesContent of asksForContent ? [true, false] : [false]) {
    const bot = await untilReached(() => tryToConnect(seesContent), { log, signal })
    if (bot !== 'intents refused') return bot
    log.warn('the Message Content intent is not granted: going on without it')
  }
  throw new UserError('discord.intents', 'Expected the basic intents to be granted, but Discord refused them')

  /** With a client of its own: one that has failed is not used again. */
  async function tryToConnect(seesContent: boolean): Promise<Bot | 'intents refused'> {
    const intents = seesContent ? [...BASIC_INTENTS, GatewayIntentBits.MessageContent] : BASIC_INTENTS
    const client = createClient(serving, intents, { limit, shard })
    logProblems(client, log)
    // To go on asking without a valid token would have the address blocked.
    client.rest.on(RESTEvents.Response, ({ path }, { status }) => {
      if (status === 401 && !hasTokenOfItsOwn(path)) onTokenRevoked()
    })
    let isGivenUp = false
    const ready = new Promise<Bot>((resolve) =>
      client.once(Events.ClientReady, (readyClient) => {
        // Where its gateway could not be reached it goes on trying, although it was destroyed: another one serves by then.
        if (!isGivenUp) resolve(onReady(readyClient, seesContent))
      }),
    )
    try {
      await abortable(reachGateway(client.rest), signal)
      if ((await abortable(logIn(client, serving.token), signal)) === 'logged in') return await ready
    } catch (error) {
      isGivenUp = true
      await client.destroy()
      throw error
    }
    await client.destroy()
    return 'intents refused'
  }
}

/** A webhook's own token may expire; the bot's may not. */
const hasTokenOfItsOwn = (path: string): boolean => /^\/(webhooks|interactions)\//.test(path)

function logProblems(client: Client, log: Logger): void {
  client.on(Events.Error, (error) => log.error({ err: error }, 'gateway'))
  logReconnecting(client, log)
}

/** discord.js tries twice a second for as long as it takes: the first time is said, the second, the fourth, and so on. */
const isSaid = (count: number): boolean => Number.isInteger(Math.log2(count))

function logReconnecting(client: Client, log: Logger): void {
  const tries = new Map<number, number>()
  client.on(Events.ShardError, (error, shard) => {
    if (isSaid((tries.get(shard) ?? 0) + 1)) log.warn({ err: error }, 'connection')
  })
  client.on(Events.ShardReady, (shard) => tries.delete(shard))
  client.on(Events.ShardResume, (shard) => {
    tries.delete(shard)
    log.info('resumed')
  })
  client.on(Events.ShardReconnecting, (shard) => {
    const count = (tries.get(shard) ?? 0) + 1
    tries.set(shard, count)
    if (count === 1) log.info('reconnecting')
    else if (isSaid(count)) log.warn({ tries: count }, 'the gateway of Discord cannot be reached: trying again')
  })
}

/**
 * Per server or channel. Members and users come with every event and would stay forever: only the bot itself is always
 * needed. Messages are read as what a reply is about.
 */
const cacheLimits: CacheWithLimitsOptions = {
  ...Options.DefaultMakeCacheSettings,
  MessageManager: 20,
  GuildMemberManager: { maxSize: 50, keepOverLimit: ({ id, client }) => id === client.user.id },
  UserManager: { maxSize: 5_000, keepOverLimit: ({ id, client }) => id === client.user.id },
  ReactionManager: 0,
  ReactionUserManager: 0,
  GuildEmojiManager: 0,
  GuildStickerManager: 0,
  GuildScheduledEventManager: 0,
  GuildInviteManager: 0,
  GuildBanManager: 0,
  AutoModerationRuleManager: 0,
  PresenceManager: 0,
  StageInstanceManager: 0,
  VoiceStateManager: 0,
  ThreadMemberManager: 0,
}
/** In seconds. */
const SWEEP_INTERVAL = 600
const MESSAGE_LIFETIME = 1_800
const SWEEPERS: SweeperOptions = {
  messages: { interval: SWEEP_INTERVAL, lifetime: MESSAGE_LIFETIME },
  guildMembers: {
    interval: SWEEP_INTERVAL,
    filter:
      () =>
      ({ id, client }) =>
        id !== client.user.id,
  },
  users: {
    interval: SWEEP_INTERVAL,
    filter:
      () =>
      ({ id, client }) =>
        id !== client.user.id,
  },
}

type Connection = { limit: RequestLimit | undefined; shard: ClientShard | undefined }

function createClient({ api }: ServeConfig, intents: GatewayIntentBits[], { limit, shard }: Connection): Client {
  return new Client({
    intents,
    // One client has all servers, unless it is told which; from 2,500 servers on Discord asks for more than one shard.
    ...(shard
      ? { shards: [shard.id], shardCount: shard.count, ws: { buildIdentifyThrottler: shard.identify } }
      : { shards: 'auto' }),
    // Direct messages come from channels that are not in the cache.
    partials: [Partials.Channel],
    allowedMentions: { parse: [], repliedUser: false },
    failIfNotExists: true,
    makeCache: Options.cacheWithLimits(cacheLimits),
    sweepers: { ...Options.DefaultSweeperSettings, ...SWEEPERS },
    rest: restOptions(api, { limit, onTaken: shard?.onTaken }),
  })
}
