import type { ButtonInteraction, StringSelectMenuInteraction } from 'discord.js'
import type { BotContext } from '../context.ts'
import { wordsFor } from '../words.ts'
import { decodeCustomId, encodeCustomId, fillIn, isGroupedList } from './custom-id.ts'
import { textForm } from './modals.ts'
import { isConsentButton, onConsent } from './post-consent.ts'
import { respondWithAction } from './run-action.ts'

/** A button was pressed, or an entry of a list chosen. */
export async function onComponent(
  bot: BotContext,
  from: ButtonInteraction | StringSelectMenuInteraction,
): Promise<void> {
  if (isConsentButton(from.customId)) return onConsent(bot, from)
  const [chosen = ''] = from.isStringSelectMenu() ? from.values : []
  const { mode, action } = await decodeCustomId(bot.app, isGroupedList(from.customId) ? chosen : from.customId)
  if (mode === 'ask') {
    const form = textForm(await encodeCustomId(bot.app, 'do', action), wordsFor(from.locale))
    await from.showModal(form)
    return
  }
  await respondWithAction(bot, from, { action: mode === 'pick' ? fillIn(action, chosen) : action })
}
