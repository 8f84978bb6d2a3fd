import type { REST } from 'discord.js'
import type { BotContext } from '../context.ts'
import { describeServerCommands } from './command-descriptions.ts'
import { parallelRests } from './parallel-rest.ts'
import { registerIfChanged, storeKey } from './register.ts'

type Registrations = {
  /** Servers whose commands are being registered, and whether their settings changed meanwhile. */
  running: Map<string, { isDue: boolean }>
  /** Servers whose commands Discord did not take. */
  failed: Set<string>
}
const registrations = new WeakMap<BotContext, Registrations>()

/** Of one connection: others of the same process have other servers. */
function registrationsOf(bot: BotContext): Registrations {
  const known = registrations.get(bot) ?? { running: new Map(), failed: new Set() }
  registrations.set(bot, known)
  return known
}

/**
 * Tells Discord which commands a server has besides those of all servers, if they changed. One time follows another.
 * @param rest what sends them
 */
export async function registerServerCommands(bot: BotContext, server: string, rest = bot.client.rest): Promise<void> {
  const { running } = registrationsOf(bot)
  const current = running.get(server)
  if (current) {
    current.isDue = true
    return
  }
  const run = { isDue: true }
  running.set(server, run)
  try {
    while (run.isDue && !bot.isStopping) {
      run.isDue = false
      await registerOnce(bot, server, rest)
    }
  } finally {
    running.delete(server)
  }
}

async function registerOnce(bot: BotContext, server: string, rest: REST): Promise<void> {
  const { failed } = registrationsOf(bot)
  // The terminal has settings, too.
  if (!bot.client.guilds.cache.has(server)) {
    failed.delete(server)
    return
  }
  try {
    const settings = await bot.settings.read(server)
    const changed = await registerIfChanged(bot, await describeServerCommands(bot.commands, settings), {
      server,
      rest,
    })
    if (changed) bot.log.info({ server }, 'commands of the server registered')
    failed.delete(server)
  } catch (err) {
    failed.add(server)
    // It may have been invited without its commands, or there were too many registrations today.
    bot.log.warn({ server, err }, 'commands of the server not registered: it is tried again')
  }
}

/** Tries those again that failed. */
export async function retryServerCommands(bot: BotContext): Promise<void> {
  for (const server of [...registrationsOf(bot).failed]) await registerServerCommands(bot, server)
}

/** Of all servers, in their order, several at a time. */
export async function registerAllServerCommands(bot: BotContext): Promise<void> {
  // Each takes the next one that is left.
  const servers = bot.client.guilds.cache.keys()
  const registerNext = async (rest: REST): Promise<void> => {
    for (const server of servers) {
      if (bot.isStopping) return
      await registerServerCommands(bot, server, rest)
    }
  }
  await Promise.all(parallelRests(bot).map(registerNext))
}

/** What is registered goes with the bot: if it comes back, everything is registered again. */
export async function forgetServerCommands(bot: BotContext, server: string): Promise<void> {
  await bot.app.ttlStore.delete(storeKey(bot, server))
}
