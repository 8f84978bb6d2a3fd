const DAY_MS = 24 * 3600_000
/** What was said last is remembered: some 100 bytes each. */
const MAX_REMEMBERED = 5_000

/** What was said to somebody and need not be said again on the same day. */
export class SaidOnce {
  /** By what was said: when. The oldest first. */
  private readonly said = new Map<string, number>()
  private readonly now: () => number

  /** @param now a clock in milliseconds */
  constructor(now = () => performance.now()) {
    this.now = now
  }

  /** Whether it is said for the first time in a day. */
  isNew(what: string): boolean {
    const before = this.said.get(what)
    if (before !== undefined && this.now() - before < DAY_MS) return false
    this.said.delete(what)
    this.said.set(what, this.now())
    const [oldest] = this.said.keys()
    if (this.said.size > MAX_REMEMBERED && oldest !== undefined) this.said.delete(oldest)
    return true
  }
}
