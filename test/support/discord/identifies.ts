// How often a bot may begin a session, as Discord says in GET /gateway/bot.
import { performance } from 'node:perf_hooks'

export class Identifies {
  /** Between two of one bucket; 0: a test that starts its bots one after the other does not wait for it. Discord: 5,000. */
  periodMs = 0
  maxConcurrency = 1
  total = 1_000
  used = 0
  /** Milliseconds until `used` is 0 again. */
  resetAfterMs = 24 * 3600_000
  /** The shortest time between two of one bucket, in milliseconds. */
  shortestMs = Number.POSITIVE_INFINITY
  private readonly last = new Map<number, number>()
  private readonly complain: (what: string) => void

  constructor(complain: (what: string) => void) {
    this.complain = complain
  }

  note(shard: number): void {
    const bucket = shard % this.maxConcurrency
    const now = performance.now()
    const since = now - (this.last.get(bucket) ?? Number.NEGATIVE_INFINITY)
    this.last.set(bucket, now)
    this.shortestMs = Math.min(this.shortestMs, since)
    if (since < this.periodMs) this.complain(`identified ${Math.round(since)} ms after another of bucket ${bucket}`)
    if (++this.used > this.total) this.complain(`identified more than ${this.total} times: Discord resets the token`)
  }

  get limit() {
    const remaining = Math.max(0, this.total - this.used)
    return { total: this.total, remaining, reset_after: this.resetAfterMs, max_concurrency: this.maxConcurrency }
  }
}
