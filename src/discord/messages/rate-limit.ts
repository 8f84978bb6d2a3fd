import { setTimeout as sleep } from 'node:timers/promises'

/** Of what Discord counts, in requests a second: it allows 50, for everything together. */
const A_SECOND = 40
/** So many may go at once after a rest. */
const AT_ONCE = 10

let next = 0

/** Waits for a place among what is sent to channels. */
export async function waitForReplySlot(): Promise<void> {
  const now = performance.now()
  const gap = 1000 / A_SECOND
  next = Math.max(next + gap, now - AT_ONCE * gap)
  if (next > now) await sleep(next - now)
}
