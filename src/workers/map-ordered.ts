/** Works on up to `width` + 1 items at once and yields the results in the order of the items. */
export async function* mapOrdered<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  width: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<R>[] = []
  for await (const item of items) {
    const result = work(item)
    result.catch(() => {}) // awaited in its turn
    running.push(result)
    if (running.length > width) yield await running.shift()!
  }
  for (const result of running) yield await result
}
