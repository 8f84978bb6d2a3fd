// What goes wrong with a call, on purpose.
import { setTimeout as sleep } from 'node:timers/promises'
import { type Call, type Reply, rateLimited } from './call.ts'
import { route } from './rest.ts'
import type { StandIn } from './stand-in.ts'

export type Fault = {
  status?: number
  /** Discord's own, beside the status. */
  code?: number
  delay?: number
  retryAfter?: number
  message?: string
  /** What was asked for is done, but its answer does not arrive. */
  loses?: Loss
}
/** The connection is reset or closed, or a gateway in between fails. */
export type Loss = 'reset' | 'closed' | 'bad gateway'

export async function applyFault(stand: StandIn, call: Call, fault: Fault): Promise<Reply> {
  const { status, code = 0, delay, retryAfter, message = 'It does not work', loses } = fault
  if (delay) await sleep(delay)
  if (retryAfter !== undefined) return rateLimited(retryAfter)
  if (status) return { status, body: { code, message } }
  const reply = route(stand, call)
  return loses ? lose(stand, call, { reply, loss: loses }) : reply
}

/** What the bot receives in place of the answer. It may respond to the same interaction again. */
function lose(stand: StandIn, { path }: Call, { reply, loss }: { reply: Reply; loss: Loss }): Reply {
  const [, token = ''] = /^\/interactions\/\d+\/([^/]+)\/callback/.exec(path) ?? []
  const from = stand.interactions.get(token)
  if (from && reply.status < 400) from.isAnswerLost = true
  return loss === 'bad gateway' ? { status: 502 } : { status: 0, isCut: loss }
}
