// How interactions are answered: within their time, once, and seen by whom they were acknowledged for.
import { type Call, NOTHING, no, ok, type Reply } from './call.ts'
import { modalProblems } from './checks.ts'
import { makeMessage } from './entities.ts'
import { change, check, EPHEMERAL, LOADING, sent, staying } from './sent.ts'
import type { StandIn } from './stand-in.ts'

const DEADLINE = 3_000

export function callback(stand: StandIn, call: Call, [id, token]: string[]): Reply {
  const from = stand.interactions.get(token!)
  if (!from || from.id !== id) return no(404, 10062, 'Unknown interaction')
  const after = performance.now() - from.at
  if (after > DEADLINE) {
    stand.complain(`answered after ${Math.round(after)} ms`)
    from.isLate = true
    from.changed()
    return no(404, 10062, 'Unknown interaction')
  }
  if (from.type !== undefined) {
    if (!from.isAnswerLost)
      stand.complain(`acknowledged twice, after ${Math.round(from.acknowledgedAfter ?? 0)} and ${Math.round(after)} ms`)
    return no(400, 40060, 'Interaction has already been acknowledged.')
  }
  const { type, data = {} } = call.body as { type: number; data?: Record<string, unknown> }
  if (type === 4 || type === 7) {
    const refused = check(stand, { ...call, body: data }, type === 7 && from.below ? from.below : undefined)
    if (refused) return refused
  }
  if (type === 8 && (data.choices as unknown[]).length > 25) stand.complain('more than 25 suggestions')
  if (type === 9) for (const p of modalProblems(data as Parameters<typeof modalProblems>[0])) stand.complain(p)
  Object.assign(from, { type, acknowledgedAfter: after, data })
  // A deferred answer is a message with flag 128 already; a deferred update keeps the old one.
  if (type === 4 || type === 5) {
    // Whether it is made of components is said by the edit that follows; with this flag alone nothing is.
    const flags = type === 5 ? (Number(data.flags ?? 0) & EPHEMERAL) | LOADING : Number(data.flags ?? 0)
    from.message = makeMessage(from.channel, stand.bot, { ...sent(stand, { ...call, body: data }), flags })
    stand.messages.set(from.message.id, from.message)
  }
  if (type === 6 || type === 7) from.message = from.below!
  if (type === 7) {
    change(stand, from.message!, { ...call, body: data })
    from.edits++
  }
  from.changed()
  return NOTHING
}

export function edit(stand: StandIn, call: Call, [, token]: string[]): Reply {
  const from = stand.interactions.get(token!)
  if (!from?.message) return no(404, 10015, 'Unknown Webhook')
  const refused = check(stand, call, { ...from.message, attachments: staying(from.message, call) })
  if (refused) return refused
  change(stand, from.message, call)
  from.edits++
  from.changed()
  return ok(from.message)
}

/** An answer that was deferred for all is taken back, so that what follows can be private. */
export function removeAnswer(stand: StandIn, _call: Call, [, token]: string[]): Reply {
  const from = stand.interactions.get(token!)
  if (!from?.message) return no(404, 10008, 'Unknown Message')
  stand.messages.delete(from.message.id)
  delete from.message
  from.changed()
  return NOTHING
}

export function followUp(stand: StandIn, call: Call, [, token]: string[]): Reply {
  const from = stand.interactions.get(token!)
  if (from?.type === undefined) return no(404, 10015, 'Unknown Webhook')
  // Discord lets it take the place of the answer, with its visibility.
  if (from.message && from.message.flags & 128) stand.complain('a follow-up came before the answer')
  const refused = check(stand, call)
  if (refused) return refused
  const message = makeMessage(from.channel, stand.bot, sent(stand, call))
  stand.messages.set(message.id, message)
  from.followUps.push(message)
  from.changed()
  return ok(message)
}
