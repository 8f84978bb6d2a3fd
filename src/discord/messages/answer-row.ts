import { ButtonBuilder, ButtonStyle } from 'discord.js'
import type { App } from '../../app.ts'
import type { Words } from '../../locales/words.ts'
import { addButtons } from '../cards/button-rows.ts'
import type { CardMessage } from '../cards/card.ts'
import { encodeCustomId } from '../interactions/custom-id.ts'

const DELETE = 'drop|'
/** The person who asked, of the button below an answer. Undefined: another button. */
export const askerIn = (customId: string): string | undefined =>
  customId.startsWith(DELETE) ? customId.slice(DELETE.length) : undefined

type Below = { asker: string; words: Words; isWatched?: boolean }

/** An answer that everybody sees, with buttons for the one who asked and, where nobody did, for whoever wants to be left alone. */
export async function withAnswerRow<M extends CardMessage>(
  app: App,
  message: M,
  { asker, words, isWatched = false }: Below,
): Promise<M> {
  const buttons = [button(DELETE + asker, words.choices.deleteAnswer).setEmoji('🗑️')]
  if (isWatched) {
    const customId = await encodeCustomId(app, 'do', { command: 'ignore', options: {} })
    buttons.push(button(customId, words.choices.ignoreMe))
  }
  return addButtons(message, buttons)
}

const button = (customId: string, label: string): ButtonBuilder =>
  new ButtonBuilder().setCustomId(customId).setLabel(label).setStyle(ButtonStyle.Secondary)
