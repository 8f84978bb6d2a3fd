// A fold worker thread: validates some folds of a training, or shares the loops of its training worker.
import { workerData } from 'node:worker_threads'
import { readBackground, readPrior } from '../../../models/backbones/prior.ts'
import { runKernelWorker } from '../../../models/kernels/parallel.ts'
import type { DatasetIssues } from '../../../models/label-issues/find-dataset-issues.ts'
import { validateFolds } from '../../../models/training/folds.ts'
import { collectGarbageSoon } from '../gc.ts'
import type { FoldChannel, FoldJob, FoldReply, TrainingJob } from './messages.ts'

const { port, done } = workerData as FoldChannel
port.on('message', (message: FoldJob) => {
  if ('memory' in message) runKernelWorker(message.memory, message.mailbox)
  else {
    port.postMessage(validate(message.job, message.issues, message.folds))
    Atomics.store(done, 0, 1)
    Atomics.notify(done, 0)
  }
  collectGarbageSoon()
})

function validate(
  { backbone, heads, budget, robust, ...set }: TrainingJob,
  issues: DatasetIssues,
  folds: number[],
): FoldReply {
  try {
    const options = { heads, budget, robust }
    return {
      results: validateFolds({ ...set, prior: readPrior(backbone), background: readBackground(backbone) }, options, {
        issues,
        folds,
      }),
    }
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }
}
