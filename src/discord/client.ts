import { setTimeout as sleep } from 'node:timers/promises'
import { Client, Events, GatewayCloseCodes, GatewayIntentBits, Options, Partials, RESTEvents } from 'discord.js'
import type { Serving } from '../config.ts'
import { UserError } from '../errors.ts'
import type { Logger } from '../logger.ts'

const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits
/**
 * discord.js holds everything back at 50 requests a second, the 3-second answers too, which Discord does not count: a
 * burst of replies would make them late. So replies are paced where they are sent (`pace.ts`), and nothing else.
 */
const UNPACED = 1_000

const NEEDED = [Guilds, GuildMessages, DirectMessages]

/** The token does not count any more: to go on asking would have the address blocked. */
export const REVOKED = 'tokenRevoked'

type Connection = { client: Client<true>; seesContent: boolean }

/**
 * Logs in, with the privileged intent where it was granted and without it where not. @param prepare adds the listeners,
 * before the first event can come. Throws UserError discord.token
 */
export async function connect(serving: Serving, log: Logger, prepare: (client: Client) => void): Promise<Connection> {
  for (const seesContent of [true, false]) {
    const client = makeClient(serving, seesContent ? [...NEEDED, MessageContent] : NEEDED)
    client.on(Events.Error, (error) => log.error({ err: error }, 'gateway'))
    client.on(Events.ShardError, (error) => log.warn({ err: error }, 'connection'))
    client.rest.on(RESTEvents.Response, ({ path }, { status }) => {
      // A webhook's own token may expire; the bot's may not.
      if (status === 401 && !/^\/(webhooks|interactions)\//.test(path)) client.emit(REVOKED)
    })
    prepare(client)
    if (await logIn(client, serving.token!)) return { client: client as Client<true>, seesContent }
    log.warn('the Message Content intent is not granted: going on without it')
    await client.destroy()
  }
  throw new UserError('discord.intents', 'Expected the plain intents to be granted, but they were refused')
}

function makeClient({ api }: Serving, intents: GatewayIntentBits[]): Client {
  return new Client({
    intents,
    // One process serves them all; Discord asks for more than one from 2,500 servers on.
    shards: 'auto',
    // Direct messages come in channels that nobody has seen before.
    partials: [Partials.Channel],
    allowedMentions: { parse: [], repliedUser: false },
    failIfNotExists: true,
    makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 50, ReactionManager: 0 }),
    rest: {
      ...(api && { api: api.replace(/\/$/, '') }),
      timeout: 15_000,
      retries: 3,
      globalRequestsPerSecond: UNPACED,
    },
  })
}

/** False: the privileged intent was refused. */
async function logIn(client: Client, token: string): Promise<boolean> {
  const stop = new AbortController()
  const refused = new Promise<boolean>((resolve, reject) =>
    client.on(Events.ShardDisconnect, ({ code }) => {
      if (code === GatewayCloseCodes.DisallowedIntents) resolve(false)
      else if (code === GatewayCloseCodes.AuthenticationFailed) reject(wrongToken())
    }),
  )
  const ready = new Promise<boolean>((resolve) => client.once(Events.ClientReady, () => resolve(true)))
  const login = client.login(token).then(
    () => ready,
    async (error: unknown) => {
      // The close code comes as an event of its own; it says more than the error.
      const code = await Promise.race([refused, sleep(1000, error, { signal: stop.signal })])
      if (code === false) return false
      throw isWrongToken(error) ? wrongToken() : error
    },
  )
  try {
    return await Promise.race([refused, login])
  } finally {
    stop.abort()
    login.catch(() => {})
    refused.catch(() => {})
  }
}

const isWrongToken = (error: unknown): boolean =>
  ['TokenInvalid'].includes((error as { code?: string }).code ?? '') || (error as { status?: number }).status === 401
const wrongToken = (): UserError =>
  new UserError('discord.token', 'Expected the token of a bot in DISCORD_TOKEN, but Discord does not know it')
