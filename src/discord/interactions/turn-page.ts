import type { BotContext } from '../context.ts'
import { runCommand } from '../run-command.ts'
import { decodePageId } from './custom-id.ts'
import type { ComponentInteraction } from './repliable.ts'
import { respond } from './respond.ts'

/** Another page of an answer: its command is asked again, by whoever may, and the page takes the place of the one shown. */
export async function turnPage(bot: BotContext, from: ComponentInteraction): Promise<void> {
  const { page, action } = await decodePageId(bot.app, from.customId)
  const { command: name, options } = action
  const command = await bot.commands.find(name, 'discord')
  await respond(bot, from, {
    command,
    page,
    isPrivate: command?.isPrivate,
    updatesInPlace: true,
    run: (caller, onProgress) => runCommand(bot, caller, { command: name, options, page, onProgress }),
  })
}
