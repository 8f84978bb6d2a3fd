import { setTimeout as sleep } from 'node:timers/promises'
import { DiscordAPIError, type Message, MessageFlags, RESTJSONErrorCodes } from 'discord.js'
import { type CardMessage, inPlace, privately } from '../cards/card.ts'
import type { BotContext } from '../context.ts'
import type { RepliableInteraction } from './repliable.ts'

const answered = new WeakSet<RepliableInteraction>()

/** Whether a message took the place of the acknowledgement. */
export const isAnswered = (from: RepliableInteraction): boolean => answered.has(from)

type Delivery = { message: CardMessage; isPrivate: boolean }

/** Changes the first message once more: by its interaction while that lasts, and after that as a message of the channel. */
export async function editDelivered(from: RepliableInteraction, sent: Message, message: CardMessage): Promise<void> {
  try {
    await from.editReply(inPlace(message))
  } catch (error) {
    if (!isOver(error) || sent.flags.has(MessageFlags.Ephemeral)) throw error
    await sent.edit(inPlace(message))
  }
}

/** The first message takes the place of the acknowledgement, further ones come below it. Failures are logged. Throws CallLost */
export async function deliver(
  bot: BotContext,
  from: RepliableInteraction,
  delivery: Delivery,
): Promise<Message | undefined> {
  const { message, isPrivate } = delivery
  if (!isAnswered(from)) await bot.call?.requireDelivery()
  else if (bot.call?.isDelivered) return undefined
  try {
    const sent = await sendWhereAcknowledged(bot, () =>
      isAnswered(from) ? from.followUp(isPrivate ? privately(message) : message) : from.editReply(inPlace(message)),
    )
    answered.add(from)
    return sent
  } catch (error) {
    if (isOver(error)) return deliverInChannel(bot, from, delivery)
    bot.log.error({ err: error }, 'answer not delivered')
    return undefined
  }
}

/** A call is written down first and acknowledged then: for so long the acknowledgement may still be on its way. */
const ACKNOWLEDGED_WITHIN_MS = 4_000
const TRY_AGAIN_MS = 200

/** Sends what presupposes an acknowledgement, which another process may be about to send. */
export async function sendWhereAcknowledged<T>({ call }: BotContext, send: () => Promise<T>): Promise<T> {
  for (;;)
    try {
      return await send()
    } catch (error) {
      if (!call || !isOver(error) || call.age() > ACKNOWLEDGED_WITHIN_MS) throw error
      await sleep(TRY_AGAIN_MS)
    }
}

/** After 15 minutes an interaction is over. What everybody may see can still be said in the channel. */
async function deliverInChannel(
  { log }: BotContext,
  from: RepliableInteraction,
  { message, isPrivate }: Delivery,
): Promise<Message | undefined> {
  if (isPrivate || !from.guild || !from.channel?.isSendable()) return undefined
  return from.channel.send(message).catch((err) => {
    log.warn({ err }, 'answer not delivered')
    return undefined
  })
}

/** Whether a message is not there anymore, or not yet. */
export const isGone = (error: unknown): boolean =>
  error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage

const OVER_CODES: unknown[] = [
  RESTJSONErrorCodes.UnknownWebhook,
  RESTJSONErrorCodes.InvalidWebhookToken,
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.UnknownMessage,
]
const isOver = (error: unknown): boolean => error instanceof DiscordAPIError && OVER_CODES.includes(error.code)
