import type { MessageContextMenuCommandInteraction } from 'discord.js'
import { card, privately } from '../cards/card.ts'
import type { BotContext } from '../context.ts'
import { whyNoPicture } from '../messages/no-picture.ts'
import { shownBy } from '../messages/shown-by.ts'
import { picturesOf } from '../messages/shown-pictures.ts'
import { runCommand } from '../run-command.ts'
import { toSource } from '../uploads.ts'
import { languages, wordsFor } from '../words.ts'
import { askForLabel } from './label-post.ts'
import { respond } from './respond.ts'

/** An entry in the menu of a message: "What is this?" or "Label this picture". */
export async function onMessageMenu(bot: BotContext, from: MessageContextMenuCommandInteraction): Promise<void> {
  if (from.commandName === languages.en.labelThis) return askForLabel(bot, from)
  const message = from.targetMessage
  const uploads = picturesOf(message, { isAsked: true })
  const why = uploads.length === 0 ? whyNoPicture(message) : undefined
  if (why) {
    await from.reply(privately(card(wordsFor(from.locale).notPictures[why], 'warning')))
    return
  }
  const shown = shownBy(message, uploads)
  await respond(bot, from, {
    command: await bot.commands.find('predict', 'discord'),
    pictures: uploads.length,
    isPrivate: true,
    async run(caller, onProgress) {
      const pictures = uploads.map((upload) => toSource(upload, bot.serving.mediaHosts))
      return runCommand(bot, caller, { command: 'predict', options: {}, pictures, shown, onProgress })
    },
  })
}
