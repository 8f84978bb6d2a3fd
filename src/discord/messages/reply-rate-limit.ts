import { setTimeout as sleep } from 'node:timers/promises'

/** Discord allows 50 requests a second for everything together; replies and reactions get this many of them. */
const REPLIES_PER_SECOND = 40
/** After a rest this many may go at once. */
const BURST = 10

const GAP_MS = 1000 / REPLIES_PER_SECOND
/** When the latest reply that was let through goes out, on the clock of `performance.now()`. */
let nextSlot = 0

/** Waits until another reply may be sent. All channels of this process share the limit. */
export async function waitForReplySlot(): Promise<void> {
  const now = performance.now()
  nextSlot = Math.max(nextSlot + GAP_MS, now - BURST * GAP_MS)
  if (nextSlot > now) await sleep(nextSlot - now)
}
