import type { Guild } from 'discord.js'
import { joinServer, leaveServer, listPresentServers } from '../../db/servers.ts'
import type { BotContext } from '../context.ts'
import { sendWelcome } from '../messages/welcome.ts'

/** Joined, or seen again after a start: welcomes where it is new. */
export async function onJoin(bot: BotContext, guild: Guild): Promise<void> {
  if (await joinServer(bot.app.db, guild.id)) await sendWelcome(bot, guild)
}

export async function onLeave({ app, log }: BotContext, guild: Guild): Promise<void> {
  await leaveServer(app.db, guild.id)
  log.info({ server: guild.id }, 'removed from a server: its data are deleted after the grace period')
}

/** Catches up on the servers that were joined and left while the bot was not running. */
export async function reconcileServers(bot: BotContext): Promise<void> {
  const { db } = bot.app
  const guilds = bot.client.guilds.cache
  for (const id of await listPresentServers(db)) if (!guilds.has(id)) await leaveServer(db, id)
  for (const guild of guilds.values()) if (guild.available) await onJoin(bot, guild)
}
