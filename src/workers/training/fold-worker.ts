// A fold worker thread: validates some folds of a training, or shares the loops of its training worker.
import { workerData } from 'node:worker_threads'
import { runKernelWorker } from '../../../models/kernels/parallel.ts'
import { validateFolds } from '../../../models/training/folds.ts'
import { collectGarbageSoon } from '../gc.ts'
import { lowerThreadPriority } from '../low-priority.ts'
import type { FoldChannel, FoldJob, FoldReply, SharedFolds } from './messages.ts'
import { readJob } from './read-job.ts'

lowerThreadPriority()
const { port, done } = workerData as FoldChannel
port.on('message', (message: FoldJob) => {
  if ('memory' in message) runKernelWorker(message.memory, message.mailbox)
  else {
    port.postMessage(validate(message))
    Atomics.store(done, 0, 1)
    Atomics.notify(done, 0)
  }
  collectGarbageSoon()
})

function validate({ job, issues, backbone, folds }: SharedFolds): FoldReply {
  try {
    const { set, options } = readJob(job)
    return { results: validateFolds(set, options, { issues, backbone, folds }) }
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }
}
