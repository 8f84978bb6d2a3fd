/** Ids that are remembered: at Discord's busiest, a resumed connection brings back fewer events. */
const MAX_IDS = 10_000

/** The latest ids of events, so that what Discord sends again is not done again. */
export class RecentIds {
  private readonly ids = new Set<string>()

  /** Whether it is new. */
  add(id: string): boolean {
    if (this.ids.has(id)) return false
    this.ids.add(id)
    const [oldest] = this.ids
    if (this.ids.size > MAX_IDS && oldest !== undefined) this.ids.delete(oldest)
    return true
  }
}
