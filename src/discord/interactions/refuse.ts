import type { UserError } from '../../errors.ts'
import type { Words } from '../../locales/words.ts'
import type { Acknowledged } from '../calls/running-call.ts'
import { type CardMessage, inPlace, privately } from '../cards/card.ts'
import { errorCard } from '../cards/error-card.ts'
import type { BotContext } from '../context.ts'
import { isAnswered, isGone, sendWhereAcknowledged } from './deliver.ts'
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

/** A process that had the call before may have deleted it, and told nobody yet. */
function unlessGone(error: unknown): void {
  if (!isGone(error)) throw error
}

/** What went wrong is told to the one who asked alone, however it was acknowledged. Failures are logged. Throws CallLost */
export async function tellFailure(
  bot: BotContext,
  from: RepliableInteraction,
  { message, acknowledged }: { message: CardMessage; acknowledged: Acknowledged },
): Promise<void> {
  if (!isAnswered(from)) await bot.call?.requireDelivery()
  try {
    await sendWhereAcknowledged(bot, async () => {
      if (acknowledged === 'private' && !isAnswered(from)) {
        await from.editReply(inPlace(message))
        return
      }
      // A message keeps the visibility that it was acknowledged with, so that another one has to tell it.
      if (acknowledged === 'public' && !isAnswered(from)) await from.deleteReply().catch(unlessGone)
      await from.followUp(privately(message))
    })
  } catch (err) {
    bot.log.warn({ err }, 'answer not delivered')
  }
}
