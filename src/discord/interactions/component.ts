import { isDetailsId } from '../cards/details.ts'
import type { BotContext } from '../context.ts'
import { wordsFor } from '../words.ts'
import { requireAdmission } from './admission.ts'
import { decodeCustomId, encodeCustomId, fillIn, isGroupedList, isPageId } from './custom-id.ts'
import { deleteAnswer, isDeleteButton } from './delete-answer.ts'
import { showLabelForm } from './label-form.ts'
import { datasetForm, labelForm, textForm } from './modals.ts'
import { isConsentButton, onConsent } from './post-consent.ts'
import type { ComponentInteraction } from './repliable.ts'
import { respondWithAction } from './run-action.ts'
import { showDetails } from './show-details.ts'
import { readTeaching, teachShown } from './teach-shown.ts'
import { turnPage } from './turn-page.ts'

/** A button was pressed, or an entry of a list chosen. */
export async function onComponent(bot: BotContext, from: ComponentInteraction): Promise<void> {
  if (isConsentButton(from.customId)) return onConsent(bot, from)
  if (isDeleteButton(from.customId)) return deleteAnswer(bot, from)
  if (isPageId(from.customId)) return turnPage(bot, from)
  if (isDetailsId(from.customId)) return showDetails(bot, from)
  const [chosen = ''] = from.isButton() ? [] : from.values
  const { mode, action } = await decodeCustomId(bot.app, isGroupedList(from.customId) ? chosen : from.customId)
  if (mode === 'ask') {
    const command = await bot.commands.find(action.command, 'discord')
    await requireAdmission(bot, from, { command, pictures: 1 })
    const [id, words] = [await encodeCustomId(bot.app, 'do', action), wordsFor(from.locale)]
    await from.showModal(
      action.command === 'label' ? labelForm(id, words, '') : textForm(id, words, datasetForm(action, words)),
    )
    return
  }
  const teaching = readTeaching(action)
  if (teaching) return teachShown(bot, from, teaching)
  if (action.command === 'label' && typeof action.options.label === 'string')
    return showLabelForm(bot, from, action.options.label)
  await respondWithAction(bot, from, { action: mode === 'pick' ? fillIn(action, chosen) : action })
}
