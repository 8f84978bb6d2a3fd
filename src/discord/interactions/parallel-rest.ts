import { REST } from 'discord.js'
import type { BotContext } from '../context.ts'

/**
 * Requests under way at a time, over all connections of the bot: Discord answers within some 200 ms, and the limit of requests
 * lets 42 a second out. More would only stand before the answers that people wait for.
 */
const AT_ONCE = 12

/**
 * What sends requests of one route at the same time. discord.js sends them one after the other, and takes those about the
 * commands of all servers for one route; all of these keep the limit of requests that the client's own keeps.
 */
export function parallelRests({ client, shard }: BotContext): REST[] {
  const length = Math.ceil(AT_ONCE / (shard?.count ?? 1))
  // Timers would outlast what these are for.
  const options = { ...client.rest.options, hashSweepInterval: 0, handlerSweepInterval: 0 }
  return Array.from({ length }, () => new REST(options).setToken(client.token))
}
