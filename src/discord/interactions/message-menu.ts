import type { MessageContextMenuCommandInteraction } from 'discord.js'
import { UserError } from '../../errors.ts'
import type { BotContext } from '../context.ts'
import { runCommand } from '../run-command.ts'
import { toSource, uploadsOf } from '../uploads.ts'
import { languages } from '../words.ts'
import { askForLabel } from './label-post.ts'
import { respond } from './respond.ts'

/** An entry in the menu of a message: "What is this?" or "Label this picture". */
export async function onMessageMenu(bot: BotContext, from: MessageContextMenuCommandInteraction): Promise<void> {
  if (from.commandName === languages.en.labelThis) return askForLabel(bot, from)
  await respond(bot, from, {
    isPrivate: true,
    async run(caller) {
      const uploads = uploadsOf(from.targetMessage)
      if (uploads.length === 0) throw new UserError('picture.missing', 'Expected a message with a picture')
      const pictures = uploads.map((upload) => toSource(upload, bot.serving.mediaHosts))
      return runCommand(bot, caller, { command: 'predict', options: {}, pictures })
    },
  })
}
