// How many requests a second Discord takes from one bot, over all of its processes.

/** Discord's own limit. Answers to interactions and webhooks are not counted. */
const MAX_PER_SECOND = 50
const SECOND_MS = 1_000
const isCounted = (path: string): boolean => !/^\/(interactions|webhooks)\//.test(path)

export class RequestRate {
  /** The most in any second, and how many there were. */
  peak = 0
  counted = 0
  private latest: number[] = []
  private readonly complain: (what: string) => void

  constructor(complain: (what: string) => void) {
    this.complain = complain
  }

  note(path: string): void {
    if (!isCounted(path)) return
    const now = performance.now()
    this.counted++
    this.latest = this.latest.filter((at) => now - at < SECOND_MS)
    this.latest.push(now)
    this.peak = Math.max(this.peak, this.latest.length)
    if (this.latest.length === MAX_PER_SECOND + 1) this.complain(`more than ${MAX_PER_SECOND} requests in a second`)
  }
}
