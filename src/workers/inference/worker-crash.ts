import { UserError } from '../../errors.ts'

/** An inference worker died with this job; the next job starts another worker. */
export class WorkerCrash extends Error {
  constructor(cause: Error) {
    super(`An inference worker crashed: ${cause.message}`, { cause })
  }
}

/** Another picture may have been the reason of a crash, twice even. */
const TRIES = 3

/** Tries again where a worker crashed, three times in all. Throws UserError busy.crashed */
export async function retryAfterCrash<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof WorkerCrash)) throw error
      if (tries < TRIES) continue
      throw new UserError(
        'busy.crashed',
        `Expected a picture that can be processed, but processing it failed ${TRIES} times: ${error.message}`,
      )
    }
  }
}
