import { setTimeout as wait } from 'node:timers/promises'
import { errorCode } from '../errors.ts'

/** Where two waited for each other, PostgreSQL ended one of them. */
const ENDED = /^(40P01|40001)$/
/** Tries of what was ended, and the longest wait before the next, in which the other one finishes. */
const [MAX_TRIES, WAIT_MS] = [5, 50]

/** Does what may be done again as a whole, since nothing of it was done when the database ended it. */
export async function withRetries<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (tries === MAX_TRIES || !ENDED.test(errorCode(error) ?? '')) throw error
      await wait(Math.random() * WAIT_MS * tries)
    }
  }
}
