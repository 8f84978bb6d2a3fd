import { ApiError } from '../lib/api.ts'

/** Milliseconds before the first new try, and at most. */
const [FIRST_MS, LONGEST_MS] = [1_000, 30_000]

type Patience = {
  signal: AbortSignal
  /** Told while nothing can be sent, and why; undefined: it goes on. */
  onWait(error: ApiError | undefined): void
}

/** Tries again for as long as the server cannot be reached, is busy, or asks for a pause. Throws everything else */
export async function patiently<T>(work: () => Promise<T>, { signal, onWait }: Patience): Promise<T> {
  for (let wait = FIRST_MS; ; wait = Math.min(2 * wait, LONGEST_MS))
    try {
      const value = await work()
      onWait(undefined)
      return value
    } catch (error) {
      if (!(error instanceof ApiError) || !isPassing(error)) throw error
      onWait(error)
      await sleep(error.seconds === undefined ? wait : error.seconds * 1_000, signal)
    }
}

/** Whether the same may work in a while. */
export const isPassing = ({ status }: ApiError): boolean => status === 0 || status === 429 || status >= 502

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const wake = (): void => {
      signal.removeEventListener('abort', stop)
      removeEventListener('online', wake)
      clearTimeout(timer)
      resolve()
    }
    const stop = (): void => {
      removeEventListener('online', wake)
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(wake, milliseconds)
    // A browser that has a network again need not wait on.
    addEventListener('online', wake, { once: true })
    signal.addEventListener('abort', stop, { once: true })
  })
}
