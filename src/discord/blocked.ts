import type { Interaction } from 'discord.js'
import { UserError } from '../errors.ts'
import type { BotContext } from './context.ts'

/** Leaves the servers that the operator blocked. */
export async function leaveBlockedServers({ blocks, client, log }: BotContext): Promise<void> {
  for (const guild of client.guilds.cache.values())
    if (blocks.has('server', guild.id)) {
      log.info({ server: guild.id }, 'leaving a server that is blocked')
      await guild.leave()
    }
}

/** Throws UserError access.blocked: every interaction is answered, so that nobody waits for one. */
export function refuseBlocked({ blocks }: BotContext, { user, guildId }: Interaction): void {
  if (blocks.has('person', user.id) || (guildId !== null && blocks.has('server', guildId)))
    throw new UserError('access.blocked', 'Expected somebody who may use the bot, received somebody who is blocked')
}

/** Whether a post is left alone. */
export const isIgnored = ({ blocks }: BotContext, author: string, server: string | null): boolean =>
  blocks.has('person', author) || (server !== null && blocks.has('server', server))
