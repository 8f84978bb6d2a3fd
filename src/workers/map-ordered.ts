/**
 * Maps items with at most `concurrency` calls of `work` running, and yields the results in the order of the items.
 * The next item is read only when it can be worked on. Throws what the first failing call, in that order, threw.
 */
export async function* mapOrdered<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  concurrency: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<R>[] = []
  for await (const item of items) {
    const result = work(item)
    result.catch(() => {}) // awaited in its turn
    running.push(result)
    const oldest = running.length >= concurrency ? running.shift() : undefined
    if (oldest) yield await oldest
  }
  for (const result of running) yield await result
}
