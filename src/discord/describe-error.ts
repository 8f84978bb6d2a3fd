import { explainDatabaseError } from '../db/database-errors.ts'
import { UserError } from '../errors.ts'
import type { Words } from '../locales/words.ts'
import type { BotContext } from './context.ts'
import { discordMarkup } from './markup.ts'

const MAX_UNKNOWN_MESSAGE = 300

/** What to tell somebody about what went wrong, in their language. What is not their mistake is logged. */
export function describeError({ log }: BotContext, error: unknown, words: Words): string {
  const explained = explainDatabaseError(error)
  if (!(explained instanceof UserError)) {
    log.error({ err: error }, 'unexpected error')
    return words.internalError
  }
  const text = words.errors[explained.code]
  if (text === undefined) return discordMarkup.text(explained.message, MAX_UNKNOWN_MESSAGE)
  return typeof text === 'function' ? text(explained.values) : text
}
