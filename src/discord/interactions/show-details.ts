import type { MessageComponentInteraction } from 'discord.js'
import { inPlace, privately } from '../cards/card.ts'
import { readDetails } from '../cards/details.ts'
import type { BotContext } from '../context.ts'

/** The rest of an answer, for the one who presses *Details*; or another page of it. Throws UserError choice.expired */
export async function showDetails({ app }: BotContext, from: MessageComponentInteraction): Promise<void> {
  const { message, isFirst } = await readDetails(app, from.customId)
  if (isFirst) await from.reply(privately(message))
  else await from.update(inPlace(message))
}
