import type { Interaction, Message } from 'discord.js'
import type { BotContext } from '../context.ts'
import { snapshotOf } from './guild-snapshot.ts'
import type { Raw } from './raw-events.ts'

/** The server of a call, as far as answering it takes. Null: a direct message, or a server that this process does not have. */
export function guildOf({ client, settings }: BotContext, from: Interaction | Message): Raw | null {
  const { guild, channel } = from
  if (!guild) return null
  // Whether news can be told there is asked with every answer for a manager.
  const news = settings.known(guild.id)?.news
  const person = 'author' in from ? from.author.id : from.user.id
  const channels = [channel, news === undefined ? undefined : client.channels.cache.get(news)]
  return snapshotOf(client, guild, { channels, people: [person] })
}
