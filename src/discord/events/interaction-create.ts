import type { Interaction } from 'discord.js'
import { UserError } from '../../errors.ts'
import { refuseBlocked } from '../blocked.ts'
import { claimInteraction, claimSuggestions } from '../calls/hand-over.ts'
import { privately } from '../cards/card.ts'
import { errorCard } from '../cards/error-card.ts'
import type { BotContext } from '../context.ts'
import { autocomplete } from '../interactions/autocomplete.ts'
import { onComponent } from '../interactions/component.ts'
import { onForm } from '../interactions/form.ts'
import { onMessageMenu } from '../interactions/message-menu.ts'
import { onSlashCommand } from '../interactions/slash-command.ts'
import { wordsFor } from '../words.ts'

/** Every interaction comes through here, and every one is answered. */
export async function onInteraction(bot: BotContext, from: Interaction): Promise<void> {
  try {
    refuseBlocked(bot, from)
    // Other sessions of the same shard receive it, too.
    const claim = from.isAutocomplete() ? claimSuggestions : claimInteraction
    if (bot.handedOver && !(await claim(bot, from))) return
    await answerInteraction(bot, from)
  } catch (error) {
    await answerError(bot, from, error)
  }
}

/** Throws UserError and what else went wrong, where nothing was answered. */
export async function answerInteraction(bot: BotContext, from: Interaction): Promise<void> {
  if (from.isAutocomplete()) return autocomplete(bot, from)
  if (bot.isStopping) throw new UserError('busy.stopping', 'Expected a running bot, but it is being stopped')
  if (from.isChatInputCommand()) return onSlashCommand(bot, from)
  if (from.isMessageContextMenuCommand()) return onMessageMenu(bot, from)
  if (from.isModalSubmit()) return onForm(bot, from)
  const isList = from.isStringSelectMenu() || from.isRoleSelectMenu() || from.isChannelSelectMenu()
  if (from.isButton() || isList) return onComponent(bot, from)
}

async function answerError(bot: BotContext, from: Interaction, error: unknown): Promise<void> {
  if (from.isAutocomplete()) {
    if (error instanceof UserError) await from.respond([]).catch(() => {})
    else bot.log.warn({ err: error }, 'no suggestions')
    return
  }
  if (!from.isRepliable() || from.replied || from.deferred) {
    bot.log.error({ err: error }, 'unexpected error')
    return
  }
  await from
    .reply(privately(errorCard(bot, error, wordsFor(from.locale))))
    .catch((err) => bot.log.warn({ err }, 'answer not delivered'))
}
