import { UserError } from '../errors.ts'

type Waiting = { start(): void; refuse(error: Error): void }

/**
 * Runs at most `concurrency` jobs at once and lets the groups that share it (servers) take turns, so that one with a
 * hundred pictures does not hold up one with a single picture. Bounded: throws UserError busy.full, busy.stopping
 */
export class FairQueue {
  private readonly concurrency: number
  private readonly maxWaiting: number
  private readonly what: string
  /** By group; a group without waiting jobs has no entry. */
  private readonly waiting = new Map<string, Waiting[]>()
  private running = 0
  private isStopped = false

  /**
   * @param maxWaiting jobs that may wait, at most half of them from one group
   * @param what the jobs are called in errors
   */
  constructor(concurrency: number, maxWaiting: number, what = 'pictures') {
    this.concurrency = concurrency
    this.maxWaiting = maxWaiting
    this.what = what
  }

  get waitingCount(): number {
    return [...this.waiting.values()].reduce((sum, jobs) => sum + jobs.length, 0)
  }

  async run<T>(group: string, work: () => Promise<T>): Promise<T> {
    if (this.isStopped) throw stopping()
    if (this.running >= this.concurrency) await this.waitForTurn(group)
    else this.running++
    try {
      return await work()
    } finally {
      this.running--
      this.startNext()
    }
  }

  /** Refuses waiting and new jobs; running ones go on. */
  stop(): void {
    this.isStopped = true
    for (const jobs of this.waiting.values()) for (const job of jobs) job.refuse(stopping())
    this.waiting.clear()
  }

  private waitForTurn(group: string): Promise<void> {
    const own = this.waiting.get(group) ?? []
    if (this.waitingCount >= this.maxWaiting || own.length >= this.maxWaiting / 2)
      throw new UserError(
        'busy.full',
        `Expected at most ${this.maxWaiting} ${this.what} to wait, received more: try again soon`,
      )
    return new Promise((start, refuse) => {
      this.waiting.set(group, [...own, { start, refuse }])
    })
  }

  /** The group that has waited longest since its last turn comes first, and then goes to the end of the line. */
  private startNext(): void {
    const first = this.waiting.entries().next().value
    if (!first) return
    const [group, [job, ...rest]] = first
    this.waiting.delete(group)
    if (rest.length > 0) this.waiting.set(group, rest)
    if (!job) return
    this.running++
    job.start()
  }
}

const stopping = (): UserError =>
  new UserError('busy.stopping', 'Expected to be running, but it is being stopped: try again in a minute')
