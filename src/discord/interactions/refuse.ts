import type { UserError } from '../../errors.ts'
import type { Words } from '../../locales/words.ts'
import { type CardMessage, inPlace, privately } from '../cards/card.ts'
import { errorCard } from '../cards/error-card.ts'
import type { BotContext } from '../context.ts'
import { isAnswered } from './deliver.ts'
import type { RepliableInteraction } from './repliable.ts'

/** Answers at once with a mistake, which the one who made it alone sees. */
export async function refuse(
  bot: BotContext,
  from: RepliableInteraction,
  { error, words }: { error: UserError; words: Words },
): Promise<void> {
  await from
    .reply(privately(errorCard(bot, error, words)))
    .catch((err) => bot.log.warn({ err }, 'answer not delivered'))
}

/** Whom the acknowledgement is shown to; `update`: it changes a message that is there. */
export type Acknowledged = 'public' | 'private' | 'update'

/** What went wrong is told to the one who asked alone, however it was acknowledged. Failures are logged. */
export async function tellFailure(
  { log }: BotContext,
  from: RepliableInteraction,
  { message, acknowledged }: { message: CardMessage; acknowledged: Acknowledged },
): Promise<void> {
  try {
    if (acknowledged === 'private' && !isAnswered(from)) {
      await from.editReply(inPlace(message))
      return
    }
    // A message keeps the visibility that it was acknowledged with, so that another one has to tell it.
    if (acknowledged === 'public' && !isAnswered(from)) await from.deleteReply()
    await from.followUp(privately(message))
  } catch (err) {
    log.warn({ err }, 'answer not delivered')
  }
}
