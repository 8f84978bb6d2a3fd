import { UserError } from '../errors.ts'

/** Runs a generator to its end, whatever it yields, and returns its result. */
export async function runToEnd<R>(work: AsyncGenerator<unknown, R>): Promise<R> {
  for (;;) {
    const step = await work.next()
    if (step.done) return step.value
  }
}

type Admit = (run: () => Promise<void>) => Promise<void>

/** One piece of work that several can follow. It runs on when nobody does; every follower sees its progress and its result. */
export class SharedTask<P = unknown, R = unknown> {
  private readonly work: AsyncGenerator<P, R>
  private latest: P | undefined
  private isStopped = false
  private outcome: { result: R } | { error: unknown } | undefined
  private notify: () => void = () => {}
  /** Resolves at the next step or at the end. */
  private changed = new Promise<void>((resolve) => (this.notify = resolve))
  /** Resolves when the work has ended, successfully or not. */
  readonly ended: Promise<void>

  /** @param admit runs it when its turn has come; left out: at once */
  constructor(work: AsyncGenerator<P, R>, admit: Admit = (run) => run()) {
    this.work = work
    this.ended = this.run(admit)
  }

  /** Ends the work at its next step; followers get UserError busy.stopping. */
  async stop(): Promise<void> {
    this.isStopped = true
    await this.ended
  }

  /** Yields the latest step, and each one after it that this follower is quick enough to see. Throws what the work throws. */
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

  private async run(admit: Admit): Promise<void> {
    try {
      await admit(async () => {
        this.outcome = { result: await this.finish() }
      })
    } catch (error) {
      this.outcome = { error }
    } finally {
      this.announceChange()
    }
  }

  private async finish(): Promise<R> {
    // Stopped while it waited, it never begins.
    if (this.isStopped) throw stopping()
    let step = await this.work.next()
    while (!step.done) {
      this.latest = step.value
      this.announceChange()
      step = this.isStopped ? await this.work.throw(stopping()) : await this.work.next()
    }
    return step.value
  }

  private announceChange(): void {
    const { notify } = this
    this.changed = new Promise((resolve) => (this.notify = resolve))
    notify()
  }
}

const stopping = (): UserError =>
  new UserError('busy.stopping', 'Expected to go on to its end, but it is being stopped')
