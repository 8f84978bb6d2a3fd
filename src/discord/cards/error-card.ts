import { explainDatabaseError } from '../../db/database-errors.ts'
import { UserError } from '../../errors.ts'
import type { Words } from '../../locales/words.ts'
import type { BotContext } from '../context.ts'
import { describeError } from '../describe-error.ts'
import { type CardMessage, card } from './card.ts'

/** What to tell somebody about what went wrong: a mistake is not as red as a failure. What is not their mistake is logged. */
export function errorCard(bot: BotContext, error: unknown, words: Words): CardMessage {
  const isMistake = explainDatabaseError(error) instanceof UserError
  return card(describeError(bot, error, words), isMistake ? 'warning' : 'error')
}
