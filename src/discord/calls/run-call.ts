import { BaseInteraction, type Client, Events, type Interaction, Message } from 'discord.js'
import type { TakenCall } from '../../db/call-leases.ts'
import { errorCard } from '../cards/error-card.ts'
import type { BotContext } from '../context.ts'
import { answerInteraction } from '../events/interaction-create.ts'
import { tellFailure } from '../interactions/refuse.ts'
import type { RepliableInteraction } from '../interactions/repliable.ts'
import { wordsFor } from '../words.ts'
import { CallPayload } from './call-payload.ts'
import type { Ended } from './ended.ts'
import { isForAnother } from './for-another.ts'
import { giveUpInteraction, isHopeless } from './give-up.ts'
import { type RemoteDiscord, receive } from './remote-client.ts'
import { runPost } from './run-post.ts'
import type { RunningCall } from './running-call.ts'

/** A call with what only the process knows that runs it. */
type Held = Pick<RunningCall, 'age' | 'requireDelivery'>

/** Answers a call that another process has received: makes of it what discord.js made of it there, and does the same with it. */
export async function runCall(
  bot: BotContext,
  remote: RemoteDiscord,
  { call, held }: { call: TakenCall; held: Held },
): Promise<Ended> {
  const payload = CallPayload.parse(JSON.parse(call.payload))
  const client = remote.client(payload.guild)
  const running: RunningCall = {
    ...held,
    id: call.id,
    acknowledged: payload.kind === 'interaction' ? payload.acknowledged : undefined,
    isHidden: payload.kind === 'interaction' && payload.isHidden,
    hasWaited: payload.hasWaited,
    isAgain: call.lapses > 0 || call.isBegun,
    isDelivered: call.isDelivered,
  }
  const own = contextOf(bot, { client, seesContent: payload.seesContent, call: running })
  const made = make(client, payload)
  const shared = { isHopeless: isHopeless(call) }
  if (made instanceof Message && payload.kind === 'message') return runPost(own, made, { ...payload, ...shared })
  if (made instanceof BaseInteraction && made.isRepliable()) return runInteraction(own, made, shared)
  bot.log.error({ kind: payload.kind }, 'a call is of a kind that is not known')
  return { isOpen: false }
}

/** The same bot, with what is so for one call. What changes while it runs is read from the bot itself. */
const contextOf = (bot: BotContext, own: Pick<BotContext, 'client' | 'seesContent' | 'call'>): BotContext =>
  Object.create(bot, Object.getOwnPropertyDescriptors(own))

function make(client: Client, { kind, data }: CallPayload): unknown {
  let made: unknown
  const [event, type] =
    kind === 'interaction'
      ? ([Events.InteractionCreate, 'INTERACTION_CREATE'] as const)
      : ([Events.MessageCreate, 'MESSAGE_CREATE'] as const)
  client.once(event, (from: unknown) => {
    made = from
  })
  receive(client, type, data)
  return made
}

async function runInteraction(
  bot: BotContext,
  from: Interaction,
  { isHopeless }: { isHopeless: boolean },
): Promise<Ended> {
  const { acknowledged } = bot.call ?? {}
  if (!acknowledged || !isAnswerable(from)) return { isOpen: false }
  from.deferred = true
  from.ephemeral = acknowledged === 'private'
  try {
    if (isHopeless) await giveUpInteraction(bot, from, acknowledged)
    else await answerInteraction(bot, from)
  } catch (error) {
    if (isForAnother(error)) throw error
    // What was received can no longer be answered as it was understood then.
    await tellFailure(bot, from, { acknowledged, message: errorCard(bot, error, wordsFor(from.locale)) })
  }
  return { isOpen: false }
}

const isAnswerable = (from: Interaction): from is RepliableInteraction => from.isRepliable()
