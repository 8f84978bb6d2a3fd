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
import type { Answer, Progress } from '../../commands/define.ts'
import { explain } from '../../db/connection.ts'
import { type Words, wordsFor } from '../../locales/words.ts'
import { readSettings } from '../../services/settings.ts'
import type { Door } from '../context.ts'
import { askerOf, parentOf, wordsOf } from '../member.ts'
import { findServer, rememberServer } from '../messages/dm-server.ts'
import { render, sayMistake } from '../render.ts'
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
export type Manner = { quiet: boolean; inPlace?: boolean }

type Work = (place: Place, onProgress: (progress: Progress) => void) => Promise<Answer[]>

/**
 * Acknowledges at once, does the work, and answers, whatever becomes of it: an answer, a mistake in the person's own
 * language, or that it was our fault.
 */
export async function respond(door: Door, from: Answerable, { quiet, inPlace }: Manner, work: Work): Promise<void> {
  const started = performance.now()
  let words = wordsFor(from.locale)
  try {
    if (inPlace && from.isMessageComponent()) await from.deferUpdate()
    else await from.deferReply(quiet ? { flags: MessageFlags.Ephemeral } : {})
    door.metrics.acknowledged.observe((performance.now() - started) / 1000)
  } catch (error) {
    door.log.warn({ err: error, kind: from.type }, 'too late to answer')
    return
  }
  try {
    const place = await placeOf(door, from)
    words = wordsOf(place.settings, from.locale)
    const answers = await work(place, politely(from, words))
    // It may have been the language that was changed.
    words = wordsOf(await readSettings(door.app.store, place.server), from.locale)
    await answer(door, from, quiet, words, answers)
  } catch (error) {
    await say(door, from, quiet, { content: explainTo(door, error, words) })
  }
}

/** In a direct message, what needs no labels belongs to no server. Nothing is ever filed there. */
const NOWHERE = 'direct'
const asksForLabels = (from: Answerable): boolean => !(from.isChatInputCommand() && from.commandName !== 'predict')

/** Where an interaction comes from. Throws UserError direct.no-server */
export async function placeOf(door: Door, from: Answerable): Promise<Place> {
  const server = from.guildId ?? (asksForLabels(from) ? await findServer(door, from.user.id) : NOWHERE)
  const settings = await readSettings(door.app.store, server)
  if (from.guildId) await rememberServer(door, from.user.id, server)
  return { server, channel: from.channelId ?? '', parent: parentOf(from.channel), person: askerOf(from), settings }
}

/** What to tell somebody about what went wrong. What is our fault is in the log, with where it happened. */
export function explainTo(door: Door, error: unknown, words: Words): string {
  const mistake = sayMistake(explain(error), words)
  if (mistake === undefined) door.log.error({ err: error }, 'our fault')
  return mistake ?? words.fault
}

async function answer(door: Door, from: Answerable, quiet: boolean, words: Words, answers: Answer[]) {
  if (answers.some((a) => a.files)) {
    // Files are limited by the message: each answer is one of its own.
    for (const one of answers) await say(door, from, quiet, await render(door, [one], words))
    return
  }
  await say(door, from, quiet, await render(door, answers, words))
}

type Said = Partial<Awaited<ReturnType<typeof render>>>
const said = new WeakSet<Answerable>()

/** The first time in place of the acknowledgement, then below it. */
async function say(door: Door, from: Answerable, quiet: boolean, message: Said): Promise<void> {
  try {
    if (said.has(from)) await from.followUp({ ...message, ...(quiet && { flags: MessageFlags.Ephemeral }) })
    // What was attached before, as the picture of a suspect that was decided upon, goes.
    else await from.editReply(message.files ? { ...message, attachments: [] } : message)
    said.add(from)
  } catch (error) {
    if (!isGone(error)) door.log.error({ err: error }, 'answer not delivered')
    // After 15 minutes the interaction is over; what everybody may see can still be said in the channel.
    else if (!quiet && from.channel?.isSendable() && from.guild)
      await from.channel.send(message).catch((err) => door.log.warn({ err }, 'answer not delivered'))
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
