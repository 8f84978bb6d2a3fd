import type { Logger } from '../logger.ts'

/** Work in the background: its failures are logged, and a stop waits until it has ended. */
export class Tasks {
  private readonly running = new Set<Promise<unknown>>()
  private readonly log: Logger

  constructor(log: Logger) {
    this.log = log
  }

  /** How much is running. */
  get count(): number {
    return this.running.size
  }

  /** @param task what the work is, for the log */
  track(task: string, work: Promise<unknown>): void {
    const ended = work
      .catch((error: unknown) => this.log.error({ err: error, task }, 'unexpected error'))
      .finally(() => this.running.delete(ended))
    this.running.add(ended)
  }

  /** Resolves once nothing is running, work that was added meanwhile included. */
  async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running)
  }
}
