/** `everyMs`: from one beginning to the next; what takes longer is not begun twice. `onError`: told when it fails; it is tried again. */
type Options = { everyMs: number; onError: (error: unknown) => void }

/** `now`: begins at once, or waits for what has begun. `stop`: waits for what runs; nobody is told of its failure then. */
export type Repeating = { now(): Promise<void>; stop(): Promise<void> }

/** Does something again and again until it is stopped. It keeps no process alive. */
export function repeat(work: () => Promise<unknown>, { everyMs, onError }: Options): Repeating {
  let running: Promise<void> | undefined
  let isStopped = false
  const end = (): void => {
    running = undefined
  }
  const fail = (error: unknown): void => {
    if (!isStopped) onError(error)
  }
  const now = async (): Promise<void> => {
    if (isStopped) return
    running ??= work().then(end, (error: unknown) => {
      end()
      fail(error)
    })
    await running
  }
  const timer = setInterval(() => void now(), everyMs).unref()
  return {
    now,
    async stop() {
      isStopped = true
      clearInterval(timer)
      await running
    },
  }
}
