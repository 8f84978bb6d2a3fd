import { type Progress, percentProgress } from '../../progress.ts'
import { collectGarbage } from '../gc.ts'
import { keepOrStopWorkers, takeIdleWorkers } from './idle-workers.ts'
import { TrainingInbox } from './inbox.ts'
import type { TrainingJob, TrainingResult } from './messages.ts'
import { shareViews } from './share-views.ts'
import { startTrainingWorkers, stopTrainingWorkers } from './workers.ts'

/**
 * Trains in threads of its own, so that nothing else waits. They start while `readJob` reads the examples.
 * Throws what `readJob` throws, and UserError train.memory
 */
export async function* runTrainingJob(readJob: () => Promise<TrainingJob>): AsyncGenerator<Progress, TrainingResult> {
  const workers = takeIdleWorkers() ?? startTrainingWorkers()
  const inbox = new TrainingInbox(workers)
  let hasEnded = false
  try {
    collectGarbage()
    // The job is in no variable: this thread need not hold it while the others work.
    workers.trainer.postMessage(shareViews(await readJob()))
    collectGarbage()
    for (;;) {
      const message = await inbox.next()
      if ('share' in message) yield percentProgress(message.share)
      else {
        hasEnded = true
        return message.result
      }
    }
  } finally {
    inbox.close()
    // Threads in the middle of something cannot take another job.
    await (hasEnded ? keepOrStopWorkers(workers) : stopTrainingWorkers(workers))
  }
}
