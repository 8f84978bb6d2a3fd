import { DiscordAPIError, MessageFlags, RESTJSONErrorCodes } from 'discord.js'
import type { BotContext } from '../context.ts'
import type { RenderedMessage } from '../render.ts'
import type { RepliableInteraction } from './repliable.ts'

const answered = new WeakSet<RepliableInteraction>()

/** Whether a message took the place of the acknowledgement. */
export const isAnswered = (from: RepliableInteraction): boolean => answered.has(from)

type Delivery = { message: Partial<RenderedMessage>; isPrivate: boolean }

/** The first message takes the place of the acknowledgement, further ones come below it. Failures are logged. */
export async function deliver(bot: BotContext, from: RepliableInteraction, delivery: Delivery): Promise<void> {
  const { message, isPrivate } = delivery
  try {
    if (isAnswered(from)) await from.followUp(isPrivate ? { ...message, flags: MessageFlags.Ephemeral } : message)
    // What was attached before goes, as the picture of a suspect that was just decided.
    else await from.editReply(message.files ? { ...message, attachments: [] } : message)
    answered.add(from)
  } catch (error) {
    if (isOver(error)) await deliverInChannel(bot, from, delivery)
    else bot.log.error({ err: error }, 'answer not delivered')
  }
}

/** After 15 minutes an interaction is over. What everybody may see can still be said in the channel. */
async function deliverInChannel({ log }: BotContext, from: RepliableInteraction, { message, isPrivate }: Delivery) {
  if (isPrivate || !from.guild || !from.channel?.isSendable()) return
  await from.channel.send(message).catch((err) => log.warn({ err }, 'answer not delivered'))
}

const OVER_CODES: unknown[] = [
  RESTJSONErrorCodes.UnknownWebhook,
  RESTJSONErrorCodes.InvalidWebhookToken,
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.UnknownMessage,
]
const isOver = (error: unknown): boolean => error instanceof DiscordAPIError && OVER_CODES.includes(error.code)
