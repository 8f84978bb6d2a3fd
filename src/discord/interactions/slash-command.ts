import type { ChatInputCommandInteraction } from 'discord.js'
import { UserError } from '../../errors.ts'
import { isAgeRestricted } from '../age-restriction.ts'
import type { BotContext } from '../context.ts'
import { parentOf } from '../member.ts'
import { runCommand } from '../run-command.ts'
import type { Post } from '../shown-posts.ts'
import type { UploadedSource } from '../uploads.ts'
import { readInput } from './command-input.ts'
import { showLabelForm } from './label-form.ts'
import { opensForm } from './names.ts'
import { respond } from './respond.ts'

export async function onSlashCommand(bot: BotContext, from: ChatInputCommandInteraction): Promise<void> {
  const command = await bot.commands.find(from.commandName, 'discord')
  if (!command) throw new UserError('choice.expired', `Expected a command that exists, received ${from.commandName}`)
  const { options, pictures } = readInput(from, command, bot.serving.mediaHosts)
  if (opensForm(command) && pictures.length === 0) {
    return showLabelForm(bot, from, typeof options.label === 'string' ? options.label : '')
  }
  const shown = handedOver(from, pictures)
  await respond(bot, from, {
    command,
    pictures: pictures.length,
    isPrivate: command.isPrivate,
    run: (caller, onProgress) =>
      runCommand(bot, caller, { command: command.name, options, pictures, shown, onProgress }),
  })
}

/** What was given to the command itself: no message shows it. */
const handedOver = (from: ChatInputCommandInteraction, pictures: UploadedSource[]): Post => ({
  poster: from.user.id,
  channel: from.channelId,
  parent: parentOf(from.channel),
  uploads: pictures.map(({ upload }) => upload),
  handedOver: true,
  ageRestricted: isAgeRestricted(from.channel, from.guild),
})
