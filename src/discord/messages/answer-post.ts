import type { Message, MessageReplyOptions } from 'discord.js'
import type { Result } from '../../commands/define.ts'
import { finishMessage } from '../../db/messages.ts'
import { UserError } from '../../errors.ts'
import type { Words } from '../../locales/words.ts'
import { type Caller, callerOfPost } from '../caller.ts'
import type { BotContext } from '../context.ts'
import { describeError } from '../describe-error.ts'
import { consentQuestion } from '../interactions/post-consent.ts'
import { addPost, postToLabel } from '../interactions/posted-pictures.ts'
import { render } from '../render.ts'
import { runCommand } from '../run-command.ts'
import { toSource } from '../uploads.ts'
import { wordsFor, wordsIn } from '../words.ts'
import { mayAnswer } from './may-answer.ts'
import type { PendingPost } from './pending-post.ts'
import { react, sendReply } from './send.ts'

export const BUSY = '⏳'
const PROBLEM = '⚠️'

/** What is being answered: a start may find in the database what has arrived since. */
const inProgress = new Set<string>()

/** Outcomes of which the next start makes an answer: a stop came between, or Discord failed for long. */
const STAYS_OPEN = ['busy.stopping', 'undelivered']

/** Answers a posted message: with a reply, with a reaction, or not at all. */
export async function answerPost(bot: BotContext, message: Message, post: PendingPost): Promise<void> {
  if (inProgress.has(message.id)) return
  inProgress.add(message.id)
  let outcome = 'undelivered'
  try {
    outcome = await tryToAnswer(bot, message, post)
  } finally {
    bot.metrics.posts.inc({ outcome })
    bot.log.debug({ message: message.id, outcome }, 'post')
    if (!STAYS_OPEN.includes(outcome)) await finishMessage(bot.app.db, message.id)
    inProgress.delete(message.id)
  }
}

/** Resolves to what became of it: `answered`, `unknown`, `below confidence`, `declined`, `failed`, or the code of a mistake. */
async function tryToAnswer(bot: BotContext, message: Message, post: PendingPost): Promise<string> {
  let words = wordsFor(post.locale)
  try {
    if (message.guildId && !(await mayAnswer(bot, message))) return 'answered'
    const caller = await callerOfPost(bot, message, post.parent)
    words = wordsIn(caller.settings, post.locale)
    if (post.uploads.length === 0 && labelIn(message.content) === undefined) {
      await sendReply(bot, message, { content: post.call === 'direct' ? words.directHelp : words.mentionHelp })
      return 'answered'
    }
    const label = post.call === 'mention' ? labelIn(message.content) : undefined
    if (label !== undefined) {
      await sendReply(bot, message, await answerLabelling(bot, caller, { message, label, words }))
      return 'answered'
    }
    const results = await predict(bot, caller, post)
    const unsaid = post.call === 'watched' && whyUnsaid(results, caller)
    if (unsaid) return unsaid
    if (results.every(isBusy)) {
      await react(bot, message, BUSY)
      return 'declined'
    }
    await sendReply(bot, message, await render(bot, results, words))
    return 'answered'
  } catch (error) {
    const outcome = error instanceof UserError ? error.code : 'failed'
    if (outcome !== 'busy.stopping') await sayError(bot, message, { post, error, words })
    return outcome
  }
}

/** `@Mekiki label X`: adds the author's own pictures, or asks whoever posted those that it replies to. */
async function answerLabelling(
  bot: BotContext,
  caller: Caller,
  { message, label, words }: { message: Message; label: string; words: Words },
): Promise<MessageReplyOptions> {
  const post = await postToLabel(caller, message)
  if (post.poster !== caller.person.id) return consentQuestion(bot, caller, { post, label, words })
  return render(bot, await addPost(bot, caller, { post, label }), words)
}

async function predict(bot: BotContext, caller: Caller, post: PendingPost): Promise<Result[]> {
  const pictures = post.uploads.map((upload) => toSource(upload, bot.serving.mediaHosts))
  const results = await runCommand(bot, caller, { command: 'predict', options: {}, pictures })
  if (results.some((result) => errorCodeOf(result) === 'busy.stopping'))
    throw new UserError('busy.stopping', 'Expected a running bot, but it is being stopped')
  return results
}

const labelIn = (content: string): string | undefined => /^<@!?\d+>\s+label\s+(\S.*)$/is.exec(content)?.[1]

const errorCodeOf = ({ key, values }: Result): string | undefined =>
  key === 'predicted' && 'error' in values ? values.error.code : undefined
const isBusy = (result: Result): boolean => errorCodeOf(result) === 'busy.full'

/** In a watched channel nobody asked: that none of the pictures is known, or not with enough confidence, is not posted. */
function whyUnsaid(
  results: Result[],
  { settings: { confidence } }: Caller,
): 'unknown' | 'below confidence' | undefined {
  const answers = results.flatMap(({ key, values }) => (key === 'predicted' && 'top' in values ? [values] : []))
  const known = answers.filter(({ grade }) => grade !== 'unknown')
  if (known.some((answer) => answer.confidence >= confidence)) return undefined
  // Everything that failed is said where every answer is.
  if (answers.length < results.length && confidence === 0) return undefined
  return known.length === 0 && answers.length > 0 ? 'unknown' : 'below confidence'
}

/** Whoever asked is told why not. Where nobody did, a reaction is enough, and an untrained dataset stays silent. */
async function sayError(
  bot: BotContext,
  message: Message,
  { post, error, words }: { post: PendingPost; error: unknown; words: Words },
): Promise<void> {
  const code = error instanceof UserError ? error.code : undefined
  const content = describeError(bot, error, words)
  if (code?.startsWith('busy.')) await react(bot, message, BUSY)
  else if (post.call !== 'watched') await sendReply(bot, message, { content })
  else if (code !== 'predict.not-trained') await react(bot, message, PROBLEM)
}
