import type { Message } from 'discord.js'
import type { Result } from '../commands/define.ts'
import type { Learned } from '../locales/words.ts'
import type { Caller } from './caller.ts'
import { type CardMessage, inPlace } from './cards/card.ts'
import { render } from './cards/render.ts'
import type { BotContext } from './context.ts'
import type { AdditionResult, LabelReply } from './learned-replies.ts'
import { datasetOf } from './run-command.ts'

/** Says in the replies whose pictures a training had read what it came to. */
export async function tellLearned(bot: BotContext, dataset: number, learned: Learned): Promise<void> {
  for (const { result, words, edit } of bot.learned.onTrained(dataset)) {
    const { key, values, ...extras } = result
    const message = await render(bot, [{ key, values: { ...values, learned }, ...extras }], words)
    await edit(message).catch((err: unknown) => bot.log.info({ err }, 'a reply could not be edited anymore'))
  }
}

/** What results say about added pictures; undefined: they say something else, or that none was. */
export function additionIn(results: Result[]): AdditionResult | undefined {
  const [first, ...others] = results
  return first?.key === 'added' && first.values.added > 0 && others.length === 0 ? first : undefined
}

/** The reply to somebody says later what the training that follows came to. Failures are logged: they have their answer. */
export async function expectTraining(
  bot: BotContext,
  caller: Caller,
  reply: Pick<LabelReply, 'result' | 'words' | 'edit'>,
): Promise<void> {
  try {
    const dataset = await datasetOf(bot.app, caller)
    bot.learned.expect({ ...reply, dataset, place: `${caller.channel}:${caller.person.id}` })
  } catch (err) {
    bot.log.error({ err }, 'a reply will not say what the training came to')
  }
}

/** Edits a message of the bot's own. */
export const editMessage = (message: Message) => (card: CardMessage) => message.edit(inPlace(card))
