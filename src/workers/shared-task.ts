import { UserError } from '../errors.ts'

/** What a piece of work comes to, for whom how far it is does not matter. */
export async function settle<R>(work: AsyncGenerator<unknown, R>): Promise<R> {
  for (;;) {
    const step = await work.next()
    if (step.done) return step.value
  }
}

/** One piece of work that several follow: it goes on while nobody looks, and each sees where it is and what it came to. */
export class SharedTask<P = unknown, R = unknown> {
  private readonly work: AsyncGenerator<P, R>
  private latest: P | undefined
  private stopped = false
  private wake: () => void = () => {}
  private changed = new Promise<void>((resolve) => (this.wake = resolve))
  private outcome: { result: R } | { error: unknown } | undefined
  /** Ends when the work has ended, well or not. */
  readonly ended: Promise<void>

  constructor(work: AsyncGenerator<P, R>) {
    this.work = work
    this.ended = this.run()
  }

  /** Ends it at its next step; followers get an error. */
  async stop(): Promise<void> {
    this.stopped = true
    await this.ended
  }

  async *follow(): AsyncGenerator<P, R> {
    for (let seen: P | undefined; ; ) {
      if (this.outcome && 'error' in this.outcome) throw this.outcome.error
      if (this.outcome) return this.outcome.result
      if (this.latest !== undefined && this.latest !== seen) {
        seen = this.latest
        yield seen
      } else await this.changed
    }
  }

  private async run(): Promise<void> {
    try {
      for (;;) {
        const step = await this.work.next()
        if (step.done) {
          this.outcome = { result: step.value }
          return
        }
        this.latest = step.value
        this.tell()
        if (this.stopped) {
          await this.work.return(undefined as R)
          throw new UserError('busy.stopping', 'Expected to go on to its end, but it is being stopped')
        }
      }
    } catch (error) {
      this.outcome = { error }
    } finally {
      this.tell()
    }
  }

  private tell(): void {
    const { wake } = this
    this.changed = new Promise((resolve) => (this.wake = resolve))
    wake()
  }
}
