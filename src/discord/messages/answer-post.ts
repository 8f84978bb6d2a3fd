import type { Message } from 'discord.js'
import type { Result } from '../../commands/define.ts'
import { finishMessage } from '../../db/messages.ts'
import { UserError } from '../../errors.ts'
import type { Words } from '../../locales/words.ts'
import { type Caller, callerOfPost } from '../caller.ts'
import { isForAnother } from '../calls/for-another.ts'
import { card } from '../cards/card.ts'
import { errorCard } from '../cards/error-card.ts'
import { render } from '../cards/render.ts'
import type { BotContext } from '../context.ts'
import { runCommand } from '../run-command.ts'
import type { Post } from '../shown-posts.ts'
import { editMessage, expectTraining } from '../tell-learned.ts'
import { toSource } from '../uploads.ts'
import { wordsFor, wordsIn } from '../words.ts'
import { answerLabelling, labelIn } from './answer-labelling.ts'
import { withAnswerRow } from './answer-row.ts'
import { BUSY } from './busy.ts'
import { beginAnswer, deleteMessage, endAnswer } from './deleted-posts.ts'
import { mayAnswer } from './may-answer.ts'
import { whyNoPicture } from './no-picture.ts'
import type { PendingPost } from './pending-post.ts'
import { SaidOnce } from './said-once.ts'
import { type Reply, react, sendReply } from './send.ts'
import { showWaiting } from './show-waiting.ts'
import { whyUnsaid } from './unsaid.ts'

/** Reaction: it could not be answered. */
export const PROBLEM = '⚠️'
const NO = '🚫'

/** Outcomes of which the next start makes an answer: a stop came between, or Discord failed for long. */
const STAYS_OPEN = ['busy.stopping', 'undelivered', 'lost']

const said = new SaidOnce()

/** `outcome`: `answered`, `unknown`, `below confidence`, `declined`, `deleted`, `failed`, `lost` to another process, or the code of a mistake. */
type Outcome = { outcome: string; answer?: Message | undefined }

/**
 * Answers a posted message: with a reply, with a reaction, or not at all. Resolves to what came of it; `isOpen`: it is to be
 * answered later, or by another process
 */
export async function answerPost(
  bot: BotContext,
  message: Message,
  post: PendingPost,
): Promise<Outcome & { isOpen: boolean }> {
  // A start may find in the database what has arrived since.
  const state = beginAnswer(message.id)
  if (!state) return { outcome: 'lost', isOpen: true }
  let done: Outcome = { outcome: 'undelivered' }
  try {
    done = await tryToAnswer(bot, message, { post, isDeleted: () => state.isDeleted })
    if (state.isDeleted && done.answer) await deleteMessage(bot, message.channelId, done.answer.id)
  } finally {
    const { outcome, answer } = done
    bot.metrics.posts.inc({ outcome })
    bot.log.debug({ message: message.id, outcome }, 'post')
    if (!STAYS_OPEN.includes(outcome)) await finishMessage(bot.app.db, message.id, answer?.id)
    endAnswer(message.id)
  }
  return { ...done, isOpen: STAYS_OPEN.includes(done.outcome) }
}

type Asked = { post: PendingPost; isDeleted(): boolean }

async function tryToAnswer(bot: BotContext, message: Message, { post, isDeleted }: Asked): Promise<Outcome> {
  let words = wordsFor(post.locale)
  try {
    if (message.guildId && !(await mayAnswer(bot, message))) return { outcome: 'answered' }
    const caller = await callerOfPost(bot, message, post.parent)
    words = wordsIn(caller.settings, post.locale)
    const send = async (reply: Reply): Promise<Outcome> => {
      if (isDeleted()) return { outcome: 'deleted' }
      await bot.call?.requireDelivery()
      return { outcome: 'answered', answer: await sendReply(bot, message, reply) }
    }
    const label = labelIn(message.content)
    if (post.uploads.length === 0 && label === undefined) return await sayNoPicture(bot, message, { post, words, send })
    if (label !== undefined && post.call === 'mention') {
      const { reply, result } = await answerLabelling(bot, caller, { message, label, words })
      const done = await send(reply)
      if (result && done.answer) await expectTraining(bot, caller, { result, words, edit: editMessage(done.answer) })
      return done
    }
    const results = await predict(bot, caller, { message, post })
    const unsaid = post.call === 'watched' && whyUnsaid(results, caller.settings.answer, isNewProblem(message))
    if (unsaid) return { outcome: unsaid }
    if (results.every(isBusy)) {
      await react(bot, message, BUSY)
      return { outcome: 'declined' }
    }
    const below = { asker: message.author.id, words, isWatched: post.call === 'watched' }
    return await send(await withAnswerRow(bot.app, await render(bot, results, words), below))
  } catch (error) {
    if (bot.call && isForAnother(error)) return { outcome: 'lost' }
    const outcome = error instanceof UserError ? error.code : 'failed'
    if (outcome === 'busy.stopping' || isDeleted()) return { outcome }
    return sayError(bot, message, { post, error, words, outcome })
  }
}

/** Whether a picture that cannot be read is said for the first time today to this person in this channel. */
const isNewProblem =
  ({ author, channelId }: Message) =>
  () =>
    said.isNew(`${author.id}:${channelId}:problem`)

type Unshown = { post: PendingPost; words: Words; send(reply: Reply): Promise<Outcome> }

/** Says once a day why what is shown is no picture, and otherwise what there is to do. */
async function sayNoPicture(bot: BotContext, message: Message, { post, words, send }: Unshown): Promise<Outcome> {
  const why = isUnseen(bot, message) ? 'role' : whyNoPicture(message)
  if (!why) return send(card(post.call === 'direct' ? words.directHelp : words.mentionHelp))
  if (said.isNew(`${message.author.id}:${message.channelId}:${why}`))
    return send(card(words.notPictures[why], 'warning'))
  await react(bot, message, NO)
  return { outcome: 'answered' }
}

/** Without the intent, a message that mentions the bot by its role alone comes empty. */
const isUnseen = ({ seesContent }: BotContext, { content, guildId }: Message): boolean =>
  guildId !== null && !seesContent && content === ''

async function predict(
  bot: BotContext,
  caller: Caller,
  { message, post }: { message: Message; post: PendingPost },
): Promise<Result[]> {
  const pictures = post.uploads.map((upload) => toSource(upload, bot.serving.mediaHosts))
  const { onProgress, end } = showWaiting(bot, message, post.call)
  try {
    const request = { command: 'predict', options: {}, pictures, onProgress, shown: postOf(caller, post) }
    const results = await runCommand(bot, caller, request)
    if (results.some((result) => errorCodeOf(result) === 'busy.stopping'))
      throw new UserError('busy.stopping', 'Expected a running bot, but it is being stopped')
    return results
  } finally {
    end()
  }
}

/** What may be added if the answer is corrected. */
const postOf = ({ channel, parent, ageRestricted }: Caller, { uploads, shownBy }: PendingPost): Post | undefined =>
  shownBy && { ...shownBy, channel, parent, uploads, ageRestricted }

const errorCodeOf = ({ key, values }: Result): string | undefined =>
  key === 'predicted' && 'error' in values ? values.error.code : undefined
const isBusy = (result: Result): boolean => errorCodeOf(result) === 'busy.full'

/** Whoever asked is told why not. Where nobody did, a reaction is enough, and an untrained dataset stays silent. */
async function sayError(
  bot: BotContext,
  message: Message,
  { post, error, words, outcome }: { post: PendingPost; error: unknown; words: Words; outcome: string },
): Promise<Outcome> {
  const told = errorCard(bot, error, words)
  if (outcome.startsWith('busy.')) await react(bot, message, BUSY)
  else if (post.call !== 'watched') {
    if (!(await mayStillSend(bot))) return { outcome: 'lost' }
    return { outcome, answer: await sendReply(bot, message, told) }
  } else if (outcome !== 'predict.not-trained') await react(bot, message, PROBLEM)
  return { outcome }
}

async function mayStillSend({ call }: BotContext): Promise<boolean> {
  try {
    await call?.requireDelivery()
    return true
  } catch (error) {
    if (isForAnother(error)) return false
    throw error
  }
}
