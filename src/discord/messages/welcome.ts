import { ChannelType, type Guild, PermissionFlagsBits, type TextChannel } from 'discord.js'
import type { Result } from '../../commands/define.ts'
import { NO_DATASET } from '../../db/datasets.ts'
import { render } from '../cards/render.ts'
import type { BotContext } from '../context.ts'
import { wordsFor } from '../words.ts'

/** Who writes it, where a command asks. */
const BY = 'mekiki'

/**
 * Greets a server in its own channel for such messages, or in the first where the bot may write, with the first step of the
 * set-up: its managers alone can go on, and `/setup` begins it again.
 */
export async function sendWelcome(bot: BotContext, guild: Guild): Promise<void> {
  const channel = findChannel(bot, guild)
  if (!channel) return
  const message = await render(bot, await firstStep(bot, guild, channel), wordsFor(guild.preferredLocale))
  await channel.send(message).catch((err) => bot.log.info({ server: guild.id, code: err.code }, 'welcome not sent'))
}

async function firstStep({ app, commands, seesContent }: BotContext, guild: Guild, channel: TextChannel) {
  const command = await commands.find('setup-step', 'discord')
  const events = command?.run({
    app,
    commands,
    server: guild.id,
    dataset: NO_DATASET,
    by: BY,
    screen: { page: 1 },
    chat: { channel: channel.id, seesPosts: seesContent, commandIds: async () => ({}) },
    requireAccess: () => {},
    options: { step: 'language', welcome: true },
  })
  const results: Result[] = []
  for await (const event of events ?? []) if ('result' in event) results.push(event.result)
  return results
}

function findChannel({ client }: BotContext, guild: Guild): TextChannel | undefined {
  const channels = [...guild.channels.cache.values()].filter((c): c is TextChannel => c.type === ChannelType.GuildText)
  const inOrder = channels.sort((a, b) => a.rawPosition - b.rawPosition)
  const needed = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages]
  const maySend = (channel: TextChannel): boolean => channel.permissionsFor(client.user)?.has(needed) ?? false
  return [guild.systemChannel, ...inOrder].find((c): c is TextChannel => c !== null && maySend(c))
}
