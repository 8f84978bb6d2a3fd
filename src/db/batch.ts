/** Gathers what is asked for in one turn of the event loop and does it at once: one commit to disk instead of many. */
export function batch<T, R>(work: (items: T[]) => Promise<R[]>): (item: T) => Promise<R> {
  let gathered: { item: T; resolve(result: R): void; reject(error: unknown): void }[] = []

  async function flush(): Promise<void> {
    const all = gathered
    gathered = []
    try {
      const results = await work(all.map((g) => g.item))
      all.forEach(({ resolve }, i) => {
        resolve(results[i]!)
      })
    } catch (error) {
      for (const { reject } of all) reject(error)
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      if (gathered.push({ item, resolve, reject }) === 1) setImmediate(() => void flush())
    })
}
