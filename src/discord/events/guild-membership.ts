import type { Guild } from 'discord.js'
import { joinServer, leaveServers } from '../../db/servers.ts'
import { leaveBlockedServers } from '../blocked.ts'
import type { BotContext } from '../context.ts'
import { forgetServerCommands, registerServerCommands } from '../interactions/register-servers.ts'
import { sendWelcome } from '../messages/welcome.ts'

/** Joined: welcomes where it is new, and leaves at once where the operator blocked it. */
export async function onJoin(bot: BotContext, guild: Guild): Promise<void> {
  if (bot.blocks.has('server', guild.id)) return leaveBlockedServers(bot)
  const isNew = await joinServer(bot.app.db, guild.id)
  await registerServerCommands(bot, guild.id)
  if (isNew) await sendWelcome(bot, guild)
}

export async function onLeave(bot: BotContext, guild: Guild): Promise<void> {
  await leaveServers(bot.app.db, [guild.id])
  await forgetServerCommands(bot, guild.id)
  bot.log.info({ server: guild.id }, 'removed from a server: its data are deleted after the grace period')
}
