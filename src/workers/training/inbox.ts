import { insufficientMemory, isOutOfMemory } from './memory-errors.ts'
import type { TrainingMessage } from './messages.ts'
import type { TrainingWorkers } from './workers.ts'

/** What the threads of one training say: the messages of the trainer in order, or the error that ended one of them. */
export class TrainingInbox {
  private readonly workers: TrainingWorkers
  private readonly received: TrainingMessage[] = []
  private failure: { error: unknown } | undefined
  private notify: () => void = () => {}

  constructor(workers: TrainingWorkers) {
    this.workers = workers
    workers.trainer.on('message', this.onMessage)
    for (const worker of workers.all) worker.on('error', this.onError)
  }

  /** The next message, once it is there. Throws the error that ended a thread, UserError train.memory among them. */
  async next(): Promise<TrainingMessage> {
    for (;;) {
      if (this.failure) throw this.failure.error
      const message = this.received.shift()
      if (message) return message
      await new Promise<void>((resolve) => (this.notify = resolve))
    }
  }

  /** Stops listening. */
  close(): void {
    this.workers.trainer.off('message', this.onMessage)
    for (const worker of this.workers.all) worker.off('error', this.onError)
  }

  private readonly onMessage = (message: TrainingMessage): void => {
    this.received.push(message)
    this.notify()
  }

  private readonly onError = (error: unknown): void => {
    this.failure = { error: isOutOfMemory(error) ? insufficientMemory() : error }
    this.notify()
  }
}
