import type { Guild } from 'discord.js'
import { joinServer, leaveServers } from '../../db/servers.ts'
import type { BotContext } from '../context.ts'
import { sendWelcome } from '../messages/welcome.ts'

/** Joined: welcomes where it is new. */
export async function onJoin(bot: BotContext, guild: Guild): Promise<void> {
  if (await joinServer(bot.app.db, guild.id)) await sendWelcome(bot, guild)
}

export async function onLeave({ app, log }: BotContext, guild: Guild): Promise<void> {
  await leaveServers(app.db, [guild.id])
  log.info({ server: guild.id }, 'removed from a server: its data are deleted after the grace period')
}
