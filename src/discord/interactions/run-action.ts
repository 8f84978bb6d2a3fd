import type { Source } from '../../images/source.ts'
import type { BotContext } from '../context.ts'
import { runCommand } from '../run-command.ts'
import type { Post } from '../shown-posts.ts'
import type { ComponentAction } from './custom-id.ts'
import type { RepliableInteraction } from './repliable.ts'
import { respond } from './respond.ts'

/** Runs what a button, a list or a form stands for, and answers with its results. */
export async function respondWithAction(
  bot: BotContext,
  from: RepliableInteraction,
  { action, pictures = [], shown }: { action: ComponentAction; pictures?: Source[]; shown?: Post },
): Promise<void> {
  const command = await bot.commands.find(action.command, 'discord')
  return respond(bot, from, {
    command,
    pictures: pictures.length,
    isPrivate: command?.isPrivate,
    updatesInPlace: command?.updatesInPlace,
    run: (caller, onProgress) =>
      runCommand(bot, caller, { command: action.command, options: action.options, pictures, shown, onProgress }),
  })
}
