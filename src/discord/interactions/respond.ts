import { MessageFlags } from 'discord.js'
import type { Command, Result } from '../../commands/define.ts'
import type { Progress } from '../../progress.ts'
import { readSettings } from '../../services/settings.ts'
import { type Caller, callerOf } from '../caller.ts'
import type { BotContext } from '../context.ts'
import { describeError } from '../describe-error.ts'
import { render } from '../render.ts'
import type { Waiting } from '../run-command.ts'
import { wordsFor, wordsIn } from '../words.ts'
import { deliver } from './deliver.ts'
import { progressEditor } from './progress.ts'
import type { RepliableInteraction } from './repliable.ts'

type Response = {
  /** What is run, where it is a command. */
  command?: Command | undefined
  /** Only the one who asked sees the answer. */
  isPrivate?: boolean | undefined
  /** A button changes the message that it belongs to. */
  updatesInPlace?: boolean | undefined
  run(caller: Caller, onProgress: (progress: Progress | Waiting) => void): Promise<Result[]>
}

/**
 * Acknowledges at once, does the work, and answers, whatever becomes of it: with the results, with a mistake in the
 * person's own language, or with an apology.
 */
export async function respond(
  bot: BotContext,
  from: RepliableInteraction,
  { command, isPrivate = false, updatesInPlace = false, run }: Response,
): Promise<void> {
  if (!(await acknowledge(bot, from, { isPrivate, updatesInPlace }))) return
  let words = wordsFor(from.locale)
  try {
    const caller = await callerOf(bot, from, command)
    words = wordsIn(caller.settings, from.locale)
    const results = await run(caller, progressEditor(from, words))
    // It may have been the language that was changed.
    words = wordsIn(await readSettings(bot.app.db, caller.server), from.locale)
    for (const group of groupForMessages(results))
      await deliver(bot, from, { isPrivate, message: await render(bot, group, words) })
  } catch (error) {
    await deliver(bot, from, { isPrivate, message: { content: describeError(bot, error, words) } })
  }
}

/** False: it was too late. */
async function acknowledge(
  bot: BotContext,
  from: RepliableInteraction,
  { isPrivate, updatesInPlace }: { isPrivate: boolean; updatesInPlace: boolean },
): Promise<boolean> {
  const started = performance.now()
  try {
    if (updatesInPlace && from.isMessageComponent()) await from.deferUpdate()
    else await from.deferReply(isPrivate ? { flags: MessageFlags.Ephemeral } : {})
    bot.metrics.acknowledged.observe((performance.now() - started) / 1000)
    return true
  } catch (error) {
    bot.log.warn({ err: error, kind: from.type }, 'too late to answer')
    return false
  }
}

/** Results with files get a message each: the number of files is limited by the message. */
const groupForMessages = (results: Result[]): Result[][] =>
  results.some((result) => result.files) ? results.map((result) => [result]) : [results]
