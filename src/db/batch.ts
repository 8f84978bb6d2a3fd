type Pending<T, R> = { item: T; resolve(result: R): void; reject(error: unknown): void }

/**
 * Gathers the calls of one turn of the event loop and does them at once: one commit to disk instead of many.
 * @param work takes the items in the order of the calls, and gives a result for each; where it fails, every call does
 */
export function batch<T, R>(work: (items: T[]) => Promise<R[]>): (item: T) => Promise<R> {
  let pending: Pending<T, R>[] = []

  async function flush(): Promise<void> {
    const calls = pending
    pending = []
    try {
      const results = await work(calls.map((call) => call.item))
      if (results.length !== calls.length)
        throw new Error(`Expected ${calls.length} results of a batch, received ${results.length}`)
      for (const [i, result] of results.entries()) calls[i]?.resolve(result)
    } catch (error) {
      for (const { reject } of calls) reject(error)
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      if (pending.push({ item, resolve, reject }) === 1) setImmediate(() => void flush())
    })
}
