import type { Message } from 'discord.js'
import { count } from '../../counters.ts'
import { claimMessage } from '../../db/messages.ts'
import { UserError } from '../../errors.ts'
import type { BotContext } from '../context.ts'
import { BUSY } from '../messages/busy.ts'
import type { PendingPost } from '../messages/pending-post.ts'
import { react } from '../messages/send.ts'
import type { CallPayload } from './call-payload.ts'
import { guildOf } from './snapshot-for.ts'

/** Whose budgets are spent where no server is known yet. */
export const DIRECT = 'direct'
/** The addresses of pictures hold about a day. */
const POST_TTL_MS = 20 * 3600_000
/** From so many milliseconds on it is shown that an answer comes later. */
const SHOWN_FROM_MS = 3_000

/** Claims a post, and leaves the answer to whichever process answers calls, with all that it takes. */
export async function handOverPost(bot: BotContext, message: Message, post: PendingPost): Promise<void> {
  const { app, handedOver } = bot
  const data = handedOver?.raw.of(message)
  if (!handedOver || !data) throw new Error('Expected to know what Discord sent')
  const waitMs = spend(bot, message, post)
  if (waitMs === undefined) return refusePost(bot, message)
  const payload: CallPayload = {
    ...{ kind: 'message', data, post },
    ...{ guild: guildOf(bot, message), seesContent: bot.seesContent, hasWaited: waitMs > 0 },
  }
  const { id, channelId: channel, guildId, author } = message
  const call = { id, kind: 'message', server: guildId ?? author.id, ttlMs: POST_TTL_MS } as const
  const isNew = await claimMessage(app.db, {
    ...{ id, channel, server: guildId ?? '' },
    call: { ...call, payload: JSON.stringify(payload), waitMs },
  }).catch(async (error: unknown) => {
    await refusePost(bot, message)
    throw error
  })
  if (!isNew) return
  count('callsCommitted')
  handedOver.wake()
  if (waitMs >= SHOWN_FROM_MS && post.call !== 'watched') await react(bot, message, BUSY)
}

/** Milliseconds until its turn; undefined: the budgets are spent. */
function spend({ cooldowns }: BotContext, { guildId, author }: Message, { uploads }: PendingPost): number | undefined {
  if (uploads.length === 0) return 0
  try {
    return cooldowns.spend({
      ...{ server: guildId ?? DIRECT, person: author.id, kind: 'pictures', amount: uploads.length },
    })
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return undefined
  }
}

/** As `answerPost` does where there is too much to do. */
async function refusePost(bot: BotContext, message: Message): Promise<void> {
  await react(bot, message, BUSY)
}
