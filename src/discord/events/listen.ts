import { Events } from 'discord.js'
import type { Learned } from '../../locales/words.ts'
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

/** Connects Discord's events with what answers them. @returns what ends that: what has begun goes on */
export function listen(bot: BotContext): () => void {
  const { client, tasks } = bot
  const seen = new RecentIds()
  bot.handedOver?.raw.watch(client)
  client.on(Events.InteractionCreate, (from) => {
    bot.handedOver?.raw.keep(from)
    // What came just before a connection was lost may come again when it is resumed.
    if (seen.add(from.id)) tasks.track('interaction', onInteraction(bot, from))
  })
  const stopListening = listenToServices(bot)
  client.on(Events.MessageCreate, (message) => {
    bot.handedOver?.raw.keep(message)
    if (!isIgnored(bot, message.author.id, message.guildId)) tasks.track('message', onMessage(bot, message))
  })
  client.on(Events.MessageUpdate, (_before, message) => {
    bot.handedOver?.raw.keep(message)
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
  return () => {
    stopListening()
    for (const event of RECEIVED) client.removeAllListeners(event)
  }
}

/** What is answered: of a connection that is let go another one receives it. */
const RECEIVED = [
  Events.InteractionCreate,
  Events.MessageCreate,
  Events.MessageUpdate,
  Events.ShardReady,
  Events.GuildCreate,
  Events.GuildDelete,
] as const

function listenToServices(bot: BotContext): () => void {
  const { app, tasks } = bot
  const onSettings = (server: string): void => tasks.track('commands', registerServerCommands(bot, server))
  const onStarted = (dataset: number): void => bot.learned.onStarted(dataset)
  const onTrained = (dataset: number, outcome: Learned): void =>
    tasks.track('learned', tellLearned(bot, dataset, outcome))
  app.events.on('settingsChanged', onSettings).on('trainingStarted', onStarted).on('trained', onTrained)
  return () => app.events.off('settingsChanged', onSettings).off('trainingStarted', onStarted).off('trained', onTrained)
}
