import { UserError } from '../errors.ts'

type Waiting = { start(): void; refuse(error: Error): void }

/**
 * Lets `width` jobs run at once and deals the places in turn to those who share them (servers), so that one that brings
 * a hundred does not hold up one that brings a single one. Bounded: throws UserError busy.full, busy.stopping
 */
export class FairQueue {
  private readonly width: number
  private readonly most: number
  private readonly waiting = new Map<string, Waiting[]>()
  private running = 0
  private stopped = false

  /** @param most how many may wait: half of it for one share */
  constructor(width: number, most: number) {
    this.width = width
    this.most = most
  }

  get waits(): number {
    return [...this.waiting.values()].reduce((sum, jobs) => sum + jobs.length, 0)
  }

  async run<T>(share: string, work: () => Promise<T>): Promise<T> {
    if (this.stopped) throw stopping()
    if (this.running >= this.width) await this.wait(share)
    else this.running++
    try {
      return await work()
    } finally {
      this.running--
      this.next()
    }
  }

  /** Refuses what waits and what comes; what runs goes on. */
  stop(): void {
    this.stopped = true
    for (const jobs of this.waiting.values()) for (const job of jobs) job.refuse(stopping())
    this.waiting.clear()
  }

  private wait(share: string): Promise<void> {
    const own = this.waiting.get(share) ?? []
    if (this.waits >= this.most || own.length >= this.most / 2)
      throw new UserError('busy.full', `Expected at most ${this.most} pictures to wait, received more: try again soon`)
    return new Promise((start, refuse) => {
      this.waiting.set(share, [...own, { start, refuse }])
    })
  }

  /** The share that has waited longest for a turn goes first, and then to the end of the line. */
  private next(): void {
    const first = this.waiting.entries().next().value
    if (!first) return
    const [share, [job, ...rest]] = first
    this.waiting.delete(share)
    if (rest.length > 0) this.waiting.set(share, rest)
    this.running++
    job!.start()
  }
}

const stopping = (): UserError =>
  new UserError('busy.stopping', 'Expected to be running, but it is being stopped: try again in a minute')
