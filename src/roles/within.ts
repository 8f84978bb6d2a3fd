import { setTimeout as sleep } from 'node:timers/promises'

/** How long what was told to end may take to do so. */
export const ABORT_MS = 2_000

/** Waits for work, but no longer than so many milliseconds. */
export const within = (milliseconds: number, work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work, sleep(milliseconds, undefined, { ref: false })])
