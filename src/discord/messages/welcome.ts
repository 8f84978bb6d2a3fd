import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  type Guild,
  PermissionFlagsBits,
  type TextChannel,
} from 'discord.js'
import type { BotContext } from '../context.ts'
import { encodeCustomId } from '../interactions/custom-id.ts'
import { wordsFor } from '../words.ts'

/** Greets a server in its own channel for such messages, or in the first where the bot may write. */
export async function sendWelcome(bot: BotContext, guild: Guild): Promise<void> {
  const channel = findChannel(bot, guild)
  if (!channel) return
  const words = wordsFor(guild.preferredLocale)
  const customId = await encodeCustomId(bot.app, 'do', { command: 'settings', options: { watch: channel.id } })
  const watch = new ButtonBuilder().setCustomId(customId).setLabel(words.watchHere).setStyle(ButtonStyle.Primary)
  const content = bot.seesContent ? words.welcome : `${words.welcome}\n${words.noContent}`
  await channel
    .send({ content, components: [new ActionRowBuilder<ButtonBuilder>().addComponents(watch)] })
    .catch((error) => bot.log.info({ server: guild.id, code: error.code }, 'welcome not sent'))
}

function findChannel({ client }: BotContext, guild: Guild): TextChannel | undefined {
  const channels = [...guild.channels.cache.values()].filter((c): c is TextChannel => c.type === ChannelType.GuildText)
  const inOrder = channels.sort((a, b) => a.rawPosition - b.rawPosition)
  const needed = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages]
  const maySend = (channel: TextChannel): boolean => channel.permissionsFor(client.user)?.has(needed) ?? false
  return [guild.systemChannel, ...inOrder].find((c): c is TextChannel => c !== null && maySend(c))
}
