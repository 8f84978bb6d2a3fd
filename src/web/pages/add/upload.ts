import type { ApiError } from '../lib/api.ts'
import type { Gate } from './gate.ts'
import { patiently } from './patience.ts'
import { type Outcome, sendFile } from './send-file.ts'
import { unknownFiles, type Waiting } from './unknown-files.ts'

/** Files on their way at once: while one is written to disk, the next is computed and a third one comes. */
const IN_FLIGHT = 3

type Uploading = {
  signal: AbortSignal
  gate: Gate
  /** Told right before a file is sent. */
  onSending(waiting: Waiting): void
  onOutcome(waiting: Waiting, outcome: Outcome): void
  /** Why nothing can be sent for now; undefined: it goes on. */
  onWait(error: ApiError | undefined): void
}

/** Sends what the server does not have. Resolves when all is done. Throws ApiError, which concerns all that is left */
export async function upload(
  waiting: readonly Waiting[],
  { signal, gate, onSending, onOutcome, onWait }: Uploading,
): Promise<void> {
  const stopping = new AbortController()
  const either = AbortSignal.any([signal, stopping.signal])
  const repeat = <T>(work: () => Promise<T>): Promise<T> => patiently(work, { signal: either, onWait })
  const files = unknownFiles(waiting, { signal: either, patiently: repeat, onOutcome })
  const send = async ({ file, label, path }: Waiting): Promise<Outcome> => {
    const bytes = await file.open().catch(() => undefined)
    return repeat(() => sendFile({ label, name: path, file: bytes, signal: either }))
  }
  const work = async (): Promise<void> => {
    for (;;) {
      await gate.passed()
      const { value: next, done } = await files.next()
      if (done) return
      await gate.passed()
      either.throwIfAborted()
      onSending(next)
      onOutcome(next, await send(next))
    }
  }
  try {
    await Promise.all(Array.from({ length: IN_FLIGHT }, work))
  } catch (error) {
    // One failure concerns all: the others need not wait for it.
    stopping.abort(error)
    throw error
  }
}
