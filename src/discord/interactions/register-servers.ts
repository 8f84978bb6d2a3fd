import type { BotContext } from '../context.ts'
import { describeServerCommands } from './command-descriptions.ts'
import { registerIfChanged, storeKey } from './register.ts'

/** Servers whose commands are being registered, and whether their settings changed meanwhile. */
const running = new Map<string, { isDue: boolean }>()

/** Servers whose commands Discord did not take. */
const failed = new Set<string>()

/** Tells Discord which commands a server has besides those of all servers, if they changed. One time follows another. */
export async function registerServerCommands(bot: BotContext, server: string): Promise<void> {
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
      await registerOnce(bot, server)
    }
  } finally {
    running.delete(server)
  }
}

async function registerOnce(bot: BotContext, server: string): Promise<void> {
  // The terminal has settings, too.
  if (!bot.client.guilds.cache.has(server)) {
    failed.delete(server)
    return
  }
  try {
    const settings = await bot.settings.read(server)
    const changed = await registerIfChanged(bot, await describeServerCommands(bot.commands, settings), server)
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
  for (const server of [...failed]) await registerServerCommands(bot, server)
}

/** Of all servers, one after the other: Discord takes 50 requests a second for everything together. */
export async function registerAllServerCommands(bot: BotContext): Promise<void> {
  for (const server of bot.client.guilds.cache.keys()) {
    if (bot.isStopping) return
    await registerServerCommands(bot, server)
  }
}

/** What is registered goes with the bot: if it comes back, everything is registered again. */
export async function forgetServerCommands(bot: BotContext, server: string): Promise<void> {
  await bot.app.ttlStore.delete(storeKey(bot, server))
}
