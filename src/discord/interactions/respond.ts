import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  RESTJSONErrorCodes as Code,
  DiscordAPIError,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js'
import type { Result } from '../../commands/define.ts'
import { explainDatabaseError } from '../../db/connection.ts'
import { wordsFor } from '../../locales/languages.ts'
import type { Words } from '../../locales/words.ts'
import type { Progress } from '../../progress.ts'
import { readSettings } from '../../services/settings.ts'
import type { BotContext } from '../context.ts'
import { memberOf, parentOf, wordsOf } from '../member.ts'
import { findServer, rememberServer } from '../messages/dm-server.ts'
import { describeUserError, render } from '../render.ts'
import type { Place } from '../run-command.ts'

export type Answerable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction
  | ModalSubmitInteraction

/** Between two edits of one answer, in milliseconds: Discord allows five in five seconds a channel, for all who wait there. */
const POLITE = 2_000

/** `quiet`: only for the one who asks. `inPlace`: a button changes the answer that it is below. */
export type ResponseOptions = { isPrivate: boolean; updatesInPlace?: boolean }

type Work = (place: Place, onProgress: (progress: Progress) => void) => Promise<Result[]>

/**
 * Acknowledges at once, does the work, and answers, whatever becomes of it: an answer, a mistake in the person's own
 * language, or that it was our fault.
 */
export async function respond(
  bot: BotContext,
  from: Answerable,
  { isPrivate, updatesInPlace }: ResponseOptions,
  work: Work,
): Promise<void> {
  const started = performance.now()
  let words = wordsFor(from.locale)
  try {
    if (updatesInPlace && from.isMessageComponent()) await from.deferUpdate()
    else await from.deferReply(isPrivate ? { flags: MessageFlags.Ephemeral } : {})
    bot.metrics.acknowledged.observe((performance.now() - started) / 1000)
  } catch (error) {
    bot.log.warn({ err: error, kind: from.type }, 'too late to answer')
    return
  }
  try {
    const place = await placeOf(bot, from)
    words = wordsOf(place.settings, from.locale)
    const results = await work(place, politely(from, words))
    // It may have been the language that was changed.
    words = wordsOf(await readSettings(bot.app.db, place.server), from.locale)
    await answer(bot, from, isPrivate, words, results)
  } catch (error) {
    await say(bot, from, isPrivate, { content: describeErrorTo(bot, error, words) })
  }
}

/** In a direct message, what needs no labels belongs to no server. Nothing is ever filed there. */
const NOWHERE = 'direct'
const asksForLabels = (from: Answerable): boolean => !(from.isChatInputCommand() && from.commandName !== 'predict')

/** Where an interaction comes from. Throws UserError direct.no-server */
export async function placeOf(bot: BotContext, from: Answerable): Promise<Place> {
  const server = from.guildId ?? (asksForLabels(from) ? await findServer(bot, from.user.id) : NOWHERE)
  const settings = await readSettings(bot.app.db, server)
  if (from.guildId) await rememberServer(bot, from.user.id, server)
  return { server, channel: from.channelId ?? '', parent: parentOf(from.channel), person: memberOf(from), settings }
}

/** What to tell somebody about what went wrong. What is our fault is in the log, with where it happened. */
export function describeErrorTo(bot: BotContext, error: unknown, words: Words): string {
  const mistake = describeUserError(explainDatabaseError(error), words)
  if (mistake === undefined) bot.log.error({ err: error }, 'our fault')
  return mistake ?? words.fault
}

async function answer(bot: BotContext, from: Answerable, isPrivate: boolean, words: Words, results: Result[]) {
  if (results.some((a) => a.files)) {
    // Files are limited by the message: each answer is one of its own.
    for (const one of results) await say(bot, from, isPrivate, await render(bot, [one], words))
    return
  }
  await say(bot, from, isPrivate, await render(bot, results, words))
}

type Said = Partial<Awaited<ReturnType<typeof render>>>
const said = new WeakSet<Answerable>()

/** The first time in place of the acknowledgement, then below it. */
async function say(bot: BotContext, from: Answerable, isPrivate: boolean, message: Said): Promise<void> {
  try {
    if (said.has(from)) await from.followUp({ ...message, ...(isPrivate && { flags: MessageFlags.Ephemeral }) })
    // What was attached before, as the picture of a suspect that was decided upon, goes.
    else await from.editReply(message.files ? { ...message, attachments: [] } : message)
    said.add(from)
  } catch (error) {
    if (!isGone(error)) bot.log.error({ err: error }, 'answer not delivered')
    // After 15 minutes the interaction is over; what everybody may see can still be said in the channel.
    else if (!isPrivate && from.channel?.isSendable() && from.guild)
      await from.channel.send(message).catch((err) => bot.log.warn({ err }, 'answer not delivered'))
  }
}

const isGone = (error: unknown): boolean =>
  error instanceof DiscordAPIError &&
  [Code.UnknownWebhook, Code.InvalidWebhookToken, Code.UnknownInteraction, Code.UnknownMessage].includes(
    error.code as number,
  )

/** Edits the answer now and then, and never two edits at once. */
function politely(from: Answerable, words: Words): (progress: Progress) => void {
  let last = performance.now()
  let isBusy = false
  return (progress) => {
    const now = performance.now()
    if (isBusy || said.has(from) || now - last < POLITE) return
    last = now
    isBusy = true
    const content = words.progress(progress)
    from
      .editReply({ content })
      .catch(() => {})
      .finally(() => (isBusy = false))
  }
}
