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
import { enterServer, leaveServer, presentServers, purgeServers } from '../../db/servers.ts'
import { sweepExpired } from '../../db/ttl-store.ts'
import { wordsFor } from '../../locales/words.ts'
import type { Door } from '../context.ts'
import { toId } from '../interactions/components.ts'

const DAY = 24 * 3600_000

/** Joined, or seen again: welcomes where it is new. */
export async function onJoin(door: Door, guild: Guild): Promise<void> {
  if (await enterServer(door.app.store, guild.id)) await welcome(door, guild)
}

export async function onLeave({ app, log }: Door, guild: Guild): Promise<void> {
  await leaveServer(app.store, guild.id)
  log.info({ server: guild.id }, 'removed from a server: its data go after the grace period')
}

/** What happened while nobody looked: servers joined and left since the last start. */
export async function takeStock(door: Door): Promise<void> {
  const now = door.client.guilds.cache
  for (const id of await presentServers(door.app.store)) if (!now.has(id)) await leaveServer(door.app.store, id)
  for (const guild of now.values()) if (guild.available) await onJoin(door, guild)
}

/** Deletes what is no longer needed. */
export async function sweep({ app: { store }, serving, log }: Door): Promise<void> {
  const gone = await purgeServers(store, new Date(Date.now() - serving.graceDays * DAY))
  if (gone.length > 0) log.info({ servers: gone }, 'deleted the data of servers that were left')
  await sweepAudit(store, new Date(Date.now() - serving.logDays * DAY))
  await sweepExpired(store)
  await sweepMessages(store, Date.now() - 7 * DAY)
}

async function welcome(door: Door, guild: Guild): Promise<void> {
  const channel = whereTo(door, guild)
  if (!channel) return
  const words = wordsFor(guild.preferredLocale)
  const id = await toId(door.app, 'do', { verb: 'settings', options: { watch: channel.id } })
  const watch = new ButtonBuilder().setCustomId(id).setLabel(words.watchHere).setStyle(ButtonStyle.Primary)
  const content = door.seesContent ? words.welcome : `${words.welcome}\n${words.noContent}`
  await channel
    .send({ content, components: [new ActionRowBuilder<ButtonBuilder>().addComponents(watch)] })
    .catch((error) => door.log.info({ server: guild.id, code: error.code }, 'no welcome'))
}

/** The channel for such messages, or the first where it may write. */
function whereTo({ client }: Door, guild: Guild): TextChannel | undefined {
  const all = guild.channels.cache.filter((c): c is TextChannel => c.type === ChannelType.GuildText)
  const inOrder = [...all.values()].sort((a, b) => a.rawPosition - b.rawPosition)
  const may = (c: TextChannel): boolean =>
    c.permissionsFor(client.user)?.has([May.ViewChannel, May.SendMessages]) ?? false
  return [guild.systemChannel, ...inOrder].find((c): c is TextChannel => c !== null && may(c))
}
