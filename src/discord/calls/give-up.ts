import { type Message, MessageFlags } from 'discord.js'
import { UserError } from '../../errors.ts'
import { errorCard } from '../cards/error-card.ts'
import type { BotContext } from '../context.ts'
import { isGone } from '../interactions/deliver.ts'
import { tellFailure } from '../interactions/refuse.ts'
import type { RepliableInteraction } from '../interactions/repliable.ts'
import { PROBLEM } from '../messages/answer-post.ts'
import type { PendingPost } from '../messages/pending-post.ts'
import { findOpen } from '../messages/resume-posts.ts'
import { react, sendReply } from '../messages/send.ts'
import { wordsFor, wordsIn } from '../words.ts'
import type { Acknowledged } from './running-call.ts'

/** Processes that may be heard of no more while they answer one call: it may be what ends them. */
const MAX_LAPSES = 10

/** Whether a call is not to be tried again. */
export const isHopeless = ({ lapses }: { lapses: number }): boolean => lapses >= MAX_LAPSES

const givenUp = (): UserError =>
  new UserError('call.given-up', `Expected something that can be processed, but ${MAX_LAPSES} processes ended with it`)

/** Tells the one who asked, alone; or nothing, where one of those processes had answered. Throws CallLost */
export async function giveUpInteraction(
  bot: BotContext,
  from: RepliableInteraction,
  acknowledged: Acknowledged,
): Promise<void> {
  if (bot.call?.isDelivered && (await hasAnswer(from, acknowledged))) return
  await tellFailure(bot, from, { acknowledged, message: errorCard(bot, givenUp(), wordsFor(from.locale)) })
}

/** An edited message does not show it: once sending has begun, it counts as sent. */
async function hasAnswer(from: RepliableInteraction, acknowledged: Acknowledged): Promise<boolean> {
  if (acknowledged === 'update') return true
  try {
    const reply = await from.fetchReply()
    return !reply.flags.has(MessageFlags.Loading)
  } catch (error) {
    // Deleted, so that something else could be told.
    if (isGone(error)) return false
    throw error
  }
}

/** Tells whoever asked; where nobody did, a reaction is enough. Nothing, where the post is gone or was answered. Throws CallLost */
export async function giveUpPost(
  bot: BotContext,
  { channelId, id, guildId }: Message,
  post: PendingPost,
): Promise<void> {
  const message = await findOpen(bot, channelId, id)
  if (!message) return
  await bot.call?.requireDelivery()
  if (post.call === 'watched') {
    await react(bot, message, PROBLEM)
    return
  }
  const words = guildId ? wordsIn(await bot.settings.read(guildId), post.locale) : wordsFor(post.locale)
  await sendReply(bot, message, errorCard(bot, givenUp(), words))
}
