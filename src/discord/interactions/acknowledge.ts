import { MessageFlags } from 'discord.js'
import type { Acknowledged } from '../calls/running-call.ts'
import type { BotContext } from '../context.ts'
import type { RepliableInteraction } from './repliable.ts'

type Acknowledgement = {
  /** When it was asked for, by `performance.now()`. */
  started: number
  /** Only the one who asked sees the answer. */
  isHidden: boolean
  /** A button changes the message that it belongs to. */
  updatesInPlace: boolean
}

/** Says that an answer will come. Undefined: it was too late. */
export async function acknowledge(
  bot: BotContext,
  from: RepliableInteraction,
  { started, ...how }: Acknowledgement,
): Promise<Acknowledged | undefined> {
  const kind = acknowledgementOf(from, how)
  try {
    if (kind === 'update' && from.isMessageComponent()) await from.deferUpdate()
    else await from.deferReply(how.isHidden ? { flags: MessageFlags.Ephemeral } : {})
    bot.metrics.acknowledged.observe((performance.now() - started) / 1000)
    return kind
  } catch (error) {
    bot.log.warn({ err: error, kind: from.type }, 'too late to answer')
    return undefined
  }
}

export function acknowledgementOf(
  from: RepliableInteraction,
  { isHidden, updatesInPlace }: Omit<Acknowledgement, 'started'>,
): Acknowledged {
  if (updatesInPlace && from.isMessageComponent()) return 'update'
  return isHidden ? 'private' : 'public'
}
