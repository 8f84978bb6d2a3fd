import type { Command, Result } from '../../commands/define.ts'
import type { Progress } from '../../progress.ts'
import { readSettings } from '../../services/settings.ts'
import { type Caller, callerOf } from '../caller.ts'
import { isForAnother, requireFinished } from '../calls/for-another.ts'
import { handOver } from '../calls/hand-over.ts'
import type { Acknowledged } from '../calls/running-call.ts'
import { errorCard } from '../cards/error-card.ts'
import { withPageLink } from '../cards/page-link.ts'
import { renderPage } from '../cards/render.ts'
import type { BotContext } from '../context.ts'
import { withAnswerRow } from '../messages/answer-row.ts'
import { tellPrivately } from '../news.ts'
import type { Waiting } from '../run-command.ts'
import { additionIn, expectTraining } from '../tell-learned.ts'
import { wordsFor, wordsIn } from '../words.ts'
import { acknowledge } from './acknowledge.ts'
import { admit } from './admission.ts'
import { deliver, editDelivered } from './deliver.ts'
import { progressEditor } from './progress.ts'
import { refuse, tellFailure } from './refuse.ts'
import type { RepliableInteraction } from './repliable.ts'

type Response = {
  /** What is run, where it is a command. */
  command?: Command | undefined
  /** How many it was given. */
  pictures?: number
  /** Only the one who asked sees the answer. */
  isPrivate?: boolean | undefined
  /** The one that is asked for of a long answer, counted from 1. */
  page?: number
  /** A button changes the message that it belongs to. */
  updatesInPlace?: boolean | undefined
  run(caller: Caller, onProgress: (progress: Progress | Waiting) => void): Promise<Result[]>
}

/**
 * Acknowledges at once, does the work, and answers, whatever becomes of it: with the results or, to the one who asked
 * alone, with a mistake in their own language, or with an apology. Where others answer what this process receives, it leaves
 * the work to them.
 */
export async function respond(bot: BotContext, from: RepliableInteraction, response: Response): Promise<void> {
  const { call } = bot
  if (call?.acknowledged)
    return answer(bot, from, { ...response, acknowledged: call.acknowledged, isHidden: call.isHidden })
  const started = performance.now()
  const { command, pictures, isPrivate = false, updatesInPlace = false } = response
  const admission = await admit(bot, from, { command, pictures })
  if (admission.outcome === 'refused') return refuse(bot, from, admission)
  const isHidden = isPrivate || admission.outcome === 'undecided'
  const how = { started, isHidden, updatesInPlace }
  // What came before the connection was ready is answered here: what Discord sent of it is not known.
  if (bot.handedOver?.raw.of(from)) return handOver(bot, from, { command, pictures, ...how })
  const acknowledged = await acknowledge(bot, from, how)
  if (acknowledged) await answer(bot, from, { ...response, acknowledged, isHidden })
}

type Answering = Response & { acknowledged: Acknowledged; isHidden: boolean }

async function answer(
  bot: BotContext,
  from: RepliableInteraction,
  { command, page, run, acknowledged, isHidden }: Answering,
): Promise<void> {
  let words = wordsFor(from.locale)
  try {
    const caller = await callerOf(bot, from, command)
    words = wordsIn(caller.settings, from.locale)
    const results = await run(caller, progressEditor(from, words))
    if (bot.call) requireFinished(results)
    // It may have been the language that was changed.
    words = wordsIn(await readSettings(bot.app.db, caller.server), from.locale)
    for (const group of groupForMessages(results)) {
      const about = { caller, results: group, words }
      const message = withPageLink(bot, await renderPage(bot, group, { words, page }), about)
      const isAnswer = acknowledged === 'public' && command?.name === 'predict'
      const below = { asker: from.user.id, words }
      const sent = await deliver(bot, from, {
        isPrivate: isHidden,
        message: isAnswer ? await withAnswerRow(bot.app, message, below) : message,
      })
      const result = additionIn(results)
      if (sent && result)
        await expectTraining(bot, caller, {
          result,
          words,
          edit: (later) => editDelivered(from, sent, withPageLink(bot, later, about)),
        })
    }
    await tellPrivately(bot, from, { caller, words })
  } catch (error) {
    if (bot.call && isForAnother(error)) throw error
    await tellFailure(bot, from, { acknowledged, message: errorCard(bot, error, words) })
  }
}

/** Results with files get a message each: the number of files is limited by the message. */
const groupForMessages = (results: Result[]): Result[][] =>
  results.some((result) => result.files) ? results.map((result) => [result]) : [results]
