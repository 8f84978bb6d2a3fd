import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { App } from '../app.ts'
import type { Logger } from '../logger.ts'

const KEY = 'starts'
const WINDOW_MS = 10 * 60_000
/** Starts within the window that need no pause; each further one waits twice as long as the one before. */
const FREE_STARTS = 5
const FIRST_PAUSE_MS = 5_000
const MAX_PAUSE_MS = 5 * 60_000

const StoredStarts = z.array(z.number()).catch([])

/** Holds back a process that starts again and again: after 1,000 logins in a day Discord resets the token. */
export async function delayAfterCrashes({ ttlStore }: App, log: Logger, signal: AbortSignal): Promise<void> {
  const now = Date.now()
  const starts = StoredStarts.parse(await ttlStore.get(KEY)).filter((at) => at > now - WINDOW_MS)
  await ttlStore.set(KEY, [...starts, now], WINDOW_MS)
  if (starts.length < FREE_STARTS) return
  const pause = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (starts.length - FREE_STARTS))
  log.warn({ starts: starts.length, pause }, 'started too often: waiting before the login')
  await sleep(pause, undefined, { signal })
}
