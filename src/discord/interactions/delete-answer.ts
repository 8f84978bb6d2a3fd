import { PermissionFlagsBits } from 'discord.js'
import { card, privately } from '../cards/card.ts'
import type { BotContext } from '../context.ts'
import { askerIn } from '../messages/answer-row.ts'
import { wordsFor } from '../words.ts'
import type { ComponentInteraction } from './repliable.ts'

export const isDeleteButton = (customId: string): boolean => askerIn(customId) !== undefined

/** Deletes the answer that the button is below, for the one who asked and for whoever may delete messages in this channel. */
export async function deleteAnswer({ log }: BotContext, from: ComponentInteraction): Promise<void> {
  const isAsker = from.user.id === askerIn(from.customId)
  if (!isAsker && !from.memberPermissions?.has(PermissionFlagsBits.ManageMessages)) {
    await from.reply(privately(card(wordsFor(from.locale).onlyAsker, 'warning')))
    return
  }
  await from.deferUpdate()
  await from.deleteReply().catch((err) => log.info({ err }, 'an answer is gone already'))
}
