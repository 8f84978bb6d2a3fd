import { setTimeout as sleep } from 'node:timers/promises'
import type { Interaction } from 'discord.js'
import type { Command } from '../../commands/define.ts'
import { count } from '../../counters.ts'
import { cancelCalls, claimCall, commitCall } from '../../db/calls.ts'
import { card, inPlace } from '../cards/card.ts'
import type { BotContext } from '../context.ts'
import { acknowledge, acknowledgementOf } from '../interactions/acknowledge.ts'
import type { RepliableInteraction } from '../interactions/repliable.ts'
import { useOf } from '../run-command.ts'
import { wordsFor, wordsIn } from '../words.ts'
import type { CallPayload } from './call-payload.ts'
import { DIRECT } from './hand-over-post.ts'
import { inTime } from './in-time.ts'
import type { HandedOver } from './running-call.ts'
import { guildOf } from './snapshot-for.ts'

/** After it an interaction can be answered no more. */
const INTERACTION_TTL_MS = 15 * 60_000
/** From so many milliseconds on it is said that an answer comes later. */
const TOLD_FROM_MS = 3_000
/** Between tries to withdraw a call, and how many there are: as long as it can be answered. */
const [WITHDRAW_AGAIN_MS, WITHDRAW_TRIES] = [1_000, 900]

/** Whether an interaction is this process's to answer: another session of the same shard may have received it, too. Throws UserError busy.full, disk.full */
export const claimInteraction = ({ app, log }: BotContext, { id, guildId, user }: Interaction): Promise<boolean> =>
  inTime(claimCall(app.db, { id, kind: 'interaction', server: guildId ?? user.id }), log)

/** Suggestions are read after that, and Discord waits three seconds for them. */
const SUGGEST_AFTER_MS = 1_500

/**
 * The same of suggestions. Where the database does not say in time they are given all the same: of two that do, Discord
 * takes the first.
 */
export const claimSuggestions = ({ app }: BotContext, { id, guildId, user }: Interaction): Promise<boolean> =>
  Promise.race([
    claimCall(app.db, { id, kind: 'interaction', server: guildId ?? user.id }).catch(() => true),
    sleep(SUGGEST_AFTER_MS, true, { ref: false }),
  ])

type Asked = {
  command: Command | undefined
  pictures?: number | undefined
  isHidden: boolean
  updatesInPlace: boolean
  /** By `performance.now()`. */
  started: number
}

/**
 * Leaves the answer to whichever process answers calls: writes down all that it takes, and acknowledges only then. Throws
 * UserError busy.full, busy.cooldown, disk.full, where nothing will be answered
 */
export async function handOver(bot: BotContext, from: RepliableInteraction, asked: Asked): Promise<void> {
  const { app, handedOver, log } = bot
  if (!handedOver) throw new Error('Expected a process that leaves answers to others')
  const { command, pictures = 0 } = asked
  const { guildId, user, id } = from
  const place = { server: guildId ?? DIRECT, person: user.id }
  const waitMs = command ? bot.cooldowns.spend({ ...place, ...useOf(command, pictures) }) : 0
  const payload = await payloadOf(bot, handedOver, { from, asked, waitMs })
  const call = { id, kind: 'interaction', server: guildId ?? user.id, ttlMs: INTERACTION_TTL_MS } as const
  const committing = commitCall(app.db, { ...call, payload: JSON.stringify(payload), waitMs })
  let isNew: boolean
  try {
    isNew = await inTime(committing, log)
  } catch (error) {
    // It may have been written down all the same.
    bot.tasks.track('calls', withdraw(bot, id, committing))
    throw error
  }
  if (!isNew) return
  count('callsCommitted')
  if (!(await acknowledge(bot, from, asked))) return withdraw(bot, id)
  handedOver.wake()
  if (waitMs >= TOLD_FROM_MS && command) tellWaiting(bot, from, { command, pictures, waitMs })
}

type Parts = { from: RepliableInteraction; asked: Asked; waitMs: number }

async function payloadOf(bot: BotContext, { raw }: HandedOver, { from, asked, waitMs }: Parts): Promise<CallPayload> {
  const data = raw.of(from)
  if (!data) throw new Error('Expected to know what Discord sent')
  return {
    kind: 'interaction',
    data,
    guild: guildOf(bot, from),
    seesContent: bot.seesContent,
    hasWaited: waitMs > 0,
    acknowledged: acknowledgementOf(from, asked),
    isHidden: asked.isHidden,
  }
}

/** The person was told otherwise, or nobody can be told anything anymore. */
async function withdraw({ app, log }: BotContext, id: string, committing?: Promise<unknown>): Promise<void> {
  await committing?.catch(() => {})
  for (let tries = 1; tries <= WITHDRAW_TRIES; tries++) {
    try {
      return await cancelCalls(app.db, [id])
    } catch (err) {
      log.debug({ err, tries }, 'a call could not be withdrawn yet')
      await sleep(WITHDRAW_AGAIN_MS, undefined, { ref: false })
    }
  }
}

/** That the pictures wait for their turn. The answer takes the place of it. */
function tellWaiting(
  { settings, tasks }: BotContext,
  from: RepliableInteraction,
  { command, pictures, waitMs }: { command: Command; pictures: number; waitMs: number },
): void {
  const known = from.guildId ? settings.known(from.guildId) : undefined
  const words = known ? wordsIn(known, from.locale) : wordsFor(from.locale)
  const seconds = Math.ceil(waitMs / 1000)
  const said = words.waiting({ seconds, pictures, adds: command.access === 'teacher' })
  // The answer itself will do.
  tasks.track(
    'waiting',
    from.editReply(inPlace(card(said))).catch(() => {}),
  )
}
