import type { ChatInputCommandInteraction } from 'discord.js'
import { UserError } from '../../errors.ts'
import type { BotContext } from '../context.ts'
import { runCommand } from '../run-command.ts'
import { wordsFor } from '../words.ts'
import { readInput } from './command-input.ts'
import { encodeCustomId } from './custom-id.ts'
import { labelForm } from './modals.ts'
import { opensForm } from './names.ts'
import { respond } from './respond.ts'

export async function onSlashCommand(bot: BotContext, from: ChatInputCommandInteraction): Promise<void> {
  const command = await bot.commands.find(from.commandName, 'discord')
  if (!command) throw new UserError('choice.expired', `Expected a command that exists, received ${from.commandName}`)
  const { options, pictures } = readInput(from, command, bot.serving.mediaHosts)
  if (opensForm(command) && pictures.length === 0) return showLabelForm(bot, from, options.label)
  await respond(bot, from, {
    command,
    isPrivate: command.isPrivate,
    run: (caller, onProgress) => runCommand(bot, caller, { command: command.name, options, pictures, onProgress }),
  })
}

async function showLabelForm(bot: BotContext, from: ChatInputCommandInteraction, label: unknown): Promise<void> {
  const customId = await encodeCustomId(bot.app, 'do', { command: 'label', options: {} })
  await from.showModal(labelForm(customId, wordsFor(from.locale), typeof label === 'string' ? label : ''))
}
