import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  type Guild,
  PermissionFlagsBits as May,
  type TextChannel,
} from 'discord.js'
import { sweepAudit } from '../../db/audit.ts'
import { sweepMessages } from '../../db/messages.ts'
import { joinServer, leaveServer, listPresentServers, purgeServers } from '../../db/servers.ts'
import { sweepExpired } from '../../db/ttl-store.ts'
import { wordsFor } from '../../locales/languages.ts'
import type { BotContext } from '../context.ts'
import { encodeCustomId } from '../interactions/components.ts'

const DAY = 24 * 3600_000

/** Joined, or seen again: welcomes where it is new. */
export async function onJoin(bot: BotContext, guild: Guild): Promise<void> {
  if (await joinServer(bot.app.db, guild.id)) await welcome(bot, guild)
}

export async function onLeave({ app, log }: BotContext, guild: Guild): Promise<void> {
  await leaveServer(app.db, guild.id)
  log.info({ server: guild.id }, 'removed from a server: its data go after the grace period')
}

/** What happened while nobody looked: servers joined and left since the last start. */
export async function reconcileServers(bot: BotContext): Promise<void> {
  const now = bot.client.guilds.cache
  for (const id of await listPresentServers(bot.app.db)) if (!now.has(id)) await leaveServer(bot.app.db, id)
  for (const guild of now.values()) if (guild.available) await onJoin(bot, guild)
}

/** Deletes what is no longer needed. */
export async function sweep({ app: { db }, serving, log }: BotContext): Promise<void> {
  const gone = await purgeServers(db, new Date(Date.now() - serving.graceDays * DAY))
  if (gone.length > 0) log.info({ servers: gone }, 'deleted the data of servers that were left')
  await sweepAudit(db, new Date(Date.now() - serving.logDays * DAY))
  await sweepExpired(db)
  await sweepMessages(db, Date.now() - 7 * DAY)
}

async function welcome(bot: BotContext, guild: Guild): Promise<void> {
  const channel = whereTo(bot, guild)
  if (!channel) return
  const words = wordsFor(guild.preferredLocale)
  const id = await encodeCustomId(bot.app, 'do', { command: 'settings', options: { watch: channel.id } })
  const watch = new ButtonBuilder().setCustomId(id).setLabel(words.watchHere).setStyle(ButtonStyle.Primary)
  const content = bot.seesContent ? words.welcome : `${words.welcome}\n${words.noContent}`
  await channel
    .send({ content, components: [new ActionRowBuilder<ButtonBuilder>().addComponents(watch)] })
    .catch((error) => bot.log.info({ server: guild.id, code: error.code }, 'no welcome'))
}

/** The channel for such messages, or the first where it may write. */
function whereTo({ client }: BotContext, guild: Guild): TextChannel | undefined {
  const all = guild.channels.cache.filter((c): c is TextChannel => c.type === ChannelType.GuildText)
  const mapOrdered = [...all.values()].sort((a, b) => a.rawPosition - b.rawPosition)
  const may = (c: TextChannel): boolean =>
    c.permissionsFor(client.user)?.has([May.ViewChannel, May.SendMessages]) ?? false
  return [guild.systemChannel, ...mapOrdered].find((c): c is TextChannel => c !== null && may(c))
}
