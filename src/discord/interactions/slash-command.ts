import type { ChatInputCommandInteraction } from 'discord.js'
import type { Command } from '../../commands/define.ts'
import { UserError } from '../../errors.ts'
import type { BotContext } from '../context.ts'
import { runCommand } from '../run-command.ts'
import { toSource } from '../uploads.ts'
import { wordsFor } from '../words.ts'
import { readInput } from './command-input.ts'
import { encodeCustomId } from './custom-id.ts'
import { handedOver } from './handed-over.ts'
import { showLabelForm } from './label-form.ts'
import { linkedPictures } from './linked-pictures.ts'
import { pictureForm } from './modals.ts'
import { opensForm } from './names.ts'
import { respond } from './respond.ts'

export async function onSlashCommand(bot: BotContext, from: ChatInputCommandInteraction): Promise<void> {
  const command = await bot.commands.find(from.commandName, 'discord')
  if (!command) throw new UserError('choice.expired', `Expected a command that exists, received ${from.commandName}`)
  const { options, pictures } = readInput(from, command, bot.serving.mediaHosts)
  if (pictures.length === 0 && typeof options.link === 'string')
    return respondToLink(bot, from, { command, options, link: options.link })
  if (pictures.length === 0 && opensForm(command)) return showForm(bot, from, { command, options })
  const shown = handedOver(from, pictures)
  await respond(bot, from, {
    command,
    pictures: pictures.length,
    isPrivate: command.isPrivate,
    run: (caller, onProgress) =>
      runCommand(bot, caller, { command: command.name, options, pictures, shown, onProgress }),
  })
}

type Given = { command: Command; options: Record<string, unknown> }

async function showForm(
  bot: BotContext,
  from: ChatInputCommandInteraction,
  { command, options }: Given,
): Promise<void> {
  const { label } = options
  if (command.name === 'label') return showLabelForm(bot, from, typeof label === 'string' ? label : '')
  const action = { command: command.name, options: fixed(options) }
  await from.showModal(pictureForm(await encodeCustomId(bot.app, 'do', action), wordsFor(from.locale)))
}

/** Options that were given already, as a form carries them. */
const fixed = (options: Record<string, unknown>): Record<string, string | number | boolean> =>
  Object.fromEntries(
    Object.entries(options).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[name, value]] : [],
    ),
  )

/** The pictures are found only once it was acknowledged. */
const respondToLink = (
  bot: BotContext,
  from: ChatInputCommandInteraction,
  { command, options, link }: Given & { link: string },
): Promise<void> =>
  respond(bot, from, {
    command,
    pictures: 1,
    isPrivate: command.isPrivate,
    async run(caller, onProgress) {
      const { uploads, shown } = await linkedPictures(bot, from, { caller, link })
      const pictures = uploads.map((upload) => toSource(upload, bot.serving.mediaHosts))
      return runCommand(bot, caller, { command: command.name, options, pictures, shown, onProgress })
    },
  })
