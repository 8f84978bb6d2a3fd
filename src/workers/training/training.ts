import type { Progress } from '../../progress.ts'
import type { FairQueue } from '../fair-queue.ts'
import { SharedTask } from '../shared-task.ts'

/** `readGroup`: whose turn it takes. `previous`: the training of the same dataset that it waits for first. */
type Queued<R> = {
  work: AsyncGenerator<Progress, R>
  queue: FairQueue
  readGroup(): Promise<string>
  previous: Training<R> | undefined
}

/** A training that waits for its turn, and can be followed meanwhile. */
export class Training<R> extends SharedTask<Progress, R> {
  /** Up to which change it has read the examples; undefined: it has read none yet. */
  mark: number | undefined
  private previous: Training<R> | undefined

  constructor({ work, queue, readGroup, previous }: Queued<R>) {
    super(work, async (run) => {
      await previous?.ended
      // Not a chain of all that ever ran.
      this.previous = undefined
      await queue.run(await readGroup(), run)
    })
    this.previous = previous
  }

  /** Ends it, and the one that it waits for. */
  override async stop(): Promise<void> {
    await Promise.all([this.previous?.stop(), super.stop()])
  }
}
