import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Client,
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  HTTPError,
} from 'discord.js'
import { UserError } from '../errors.ts'

/** How long a close code is waited for after a login failed: it is an event of its own and says more than the error. */
const CLOSE_CODE_WAIT_MS = 1_000

type Outcome = 'logged in' | 'intents refused'

/** Logs in and waits until the client is ready. Throws UserError discord.token, discord.shards, and what else went wrong. */
export async function logIn(client: Client, token: string): Promise<Outcome> {
  const closed = watchCloseCodes(client)
  const ready = new Promise<Outcome>((resolve) => client.once(Events.ClientReady, () => resolve('logged in')))
  const login = client.login(token).then(
    () => ready,
    (error: unknown) => explainFailure(error, closed),
  )
  try {
    return await Promise.race([closed, login])
  } finally {
    // The other one may fail later; nobody waits for it.
    login.catch(() => {})
    closed.catch(() => {})
  }
}

/** Settles when Discord closes the connection because of the intents or of the token. */
function watchCloseCodes(client: Client): Promise<Outcome> {
  return new Promise((resolve, reject) =>
    client.on(Events.ShardDisconnect, ({ code }) => {
      if (code === GatewayCloseCodes.DisallowedIntents) resolve('intents refused')
      else if (code === GatewayCloseCodes.AuthenticationFailed) reject(invalidToken())
      else if (SHARD_CODES.includes(code)) reject(wrongShards())
    }),
  )
}

async function explainFailure(error: unknown, closed: Promise<Outcome>): Promise<Outcome> {
  const timer = new AbortController()
  try {
    const outcome = await Promise.race([closed, sleep(CLOSE_CODE_WAIT_MS, undefined, { signal: timer.signal })])
    if (outcome) return outcome
  } finally {
    timer.abort()
  }
  throw isInvalidToken(error) ? invalidToken() : error
}

const isInvalidToken = (error: unknown): boolean =>
  (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) ||
  ((error instanceof DiscordAPIError || error instanceof HTTPError) && error.status === 401)

/** Discord takes at most 2,500 servers on a shard. */
const SHARD_CODES = [GatewayCloseCodes.InvalidShard, GatewayCloseCodes.ShardingRequired]
const wrongShards = (): UserError =>
  new UserError(
    'discord.shards',
    'Expected a number of shards that Discord takes, but it refused this one: leave SHARDS out, or raise it and start all gateways anew',
  )

const invalidToken = (): UserError =>
  new UserError('discord.token', 'Expected the token of a bot in DISCORD_TOKEN, but Discord does not know it')
