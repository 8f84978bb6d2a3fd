import { setTimeout as sleep } from 'node:timers/promises'
import { isConnectionLost } from '../../db/postgres/lost-connection.ts'

/** Between two tries, and how many: a restart of the database takes seconds, one that is moved a minute or two. */
const [RETRY_MS, TRIES] = [1_000, 120]

/** Does something again as long as the database is away. It has to bear being done twice. */
export async function whileAway<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++)
    try {
      return await work()
    } catch (error) {
      if (tried === TRIES || !isConnectionLost(error)) throw error
      await sleep(RETRY_MS)
    }
}
