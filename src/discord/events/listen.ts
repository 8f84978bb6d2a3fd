import { Events } from 'discord.js'
import { isIgnored } from '../blocked.ts'
import type { BotContext } from '../context.ts'
import { registerServerCommands } from '../interactions/register-servers.ts'
import { onPostsDeleted } from '../messages/deleted-posts.ts'
import { catchUpOnDeletions } from '../messages/missed-deletions.ts'
import { RecentIds } from '../recent-ids.ts'
import { tellLearned } from '../tell-learned.ts'
import { onJoin, onLeave } from './guild-membership.ts'
import { onInteraction } from './interaction-create.ts'
import { onMessage, onMessageEdited } from './message-create.ts'
import { onMessagesDeleted } from './messages-deleted.ts'

/** Connects Discord's events with what answers them. */
export function listen(bot: BotContext): void {
  const { app, client, tasks } = bot
  const seen = new RecentIds()
  client.on(Events.InteractionCreate, (from) => {
    // What came just before a connection was lost may come again when it is resumed.
    if (seen.add(from.id)) tasks.track('interaction', onInteraction(bot, from))
  })
  app.events.on('settingsChanged', (server) => tasks.track('commands', registerServerCommands(bot, server)))
  app.events.on('trainingStarted', (dataset) => bot.learned.onStarted(dataset))
  app.events.on('trained', (dataset, outcome) => tasks.track('learned', tellLearned(bot, dataset, outcome)))
  client.on(Events.MessageCreate, (message) => {
    if (!isIgnored(bot, message.author.id, message.guildId)) tasks.track('message', onMessage(bot, message))
  })
  client.on(Events.MessageUpdate, (_before, message) => {
    if (!isIgnored(bot, message.author.id, message.guildId)) tasks.track('edit', onMessageEdited(bot, message))
  })
  // A session that begins anew has missed what happened meanwhile; one that is resumed has not.
  client.on(Events.ShardReady, (shard) => tasks.track('deletion', catchUpOnDeletions(bot, shard)))
  onMessagesDeleted(client, (ids) => tasks.track('deletion', onPostsDeleted(bot, ids)))
  client.on(Events.GuildCreate, (guild) => tasks.track('join', onJoin(bot, guild)))
  client.on(Events.GuildDelete, (guild) => {
    // An outage of Discord's looks like this too, but then the guild is unavailable.
    if (guild.available) tasks.track('leave', onLeave(bot, guild))
  })
}
