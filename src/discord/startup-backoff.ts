import { setTimeout as sleep } from 'node:timers/promises'
import type { App } from '../app.ts'
import type { Logger } from '../logger.ts'

const KEY = 'starts'
const WITHIN = 10 * 60_000
/** Starts in ten minutes that need no pause; each one more waits twice as long, in milliseconds. */
const FREE = 5
const FIRST_PAUSE = 5_000
const LONGEST = 5 * 60_000

/** Holds back a process that starts again and again: Discord allows 1,000 logins a day, and then takes the token away. */
export async function delayAfterCrashes({ ttlStore }: App, log: Logger): Promise<void> {
  const now = Date.now()
  const starts = ((await ttlStore.get<number[]>(KEY)) ?? []).filter((at) => at > now - WITHIN)
  await ttlStore.set(KEY, [...starts, now], WITHIN)
  if (starts.length < FREE) return
  const pause = Math.min(LONGEST, FIRST_PAUSE * 2 ** (starts.length - FREE))
  log.warn({ starts: starts.length, pause }, 'started too often: waiting before the login')
  await sleep(pause)
}
