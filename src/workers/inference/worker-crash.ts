import { UserError } from '../../errors.ts'

/** An inference worker died with this job; the next job starts another worker. */
export class WorkerCrash extends Error {
  constructor(cause: Error) {
    super(`An inference worker crashed: ${cause.message}`, { cause })
  }
}

/** Tries once more if a worker crashed: another picture may have been the reason. Throws UserError busy.crashed */
export async function retryAfterCrash<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof WorkerCrash)) throw error
  }
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof WorkerCrash)) throw error
    throw new UserError(
      'busy.crashed',
      `Expected a picture that can be processed, but processing it failed twice: ${error.message}`,
    )
  }
}
