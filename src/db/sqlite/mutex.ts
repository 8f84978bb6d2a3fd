/** Lets one at a time pass, in the order in which they came. */
export class Mutex {
  private last: Promise<void> = Promise.resolve()

  /** Waits for the turn. The function that it gives ends it. */
  async lock(): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const before = this.last
    this.last = before.then(() => promise)
    await before
    return resolve
  }
}
