// A worker thread: some folds of a training's cross-validation, or a hand in what the school computes.
import { workerData } from 'node:worker_threads'
import { readPrior } from '../../../models/backbones/prior.ts'
import { lendHand } from '../../../models/kernels/parallel.ts'
import { validateFolds } from '../../../models/train.ts'
import { collectGarbageSoon } from '../gc.ts'
import type { FoldChannel, FoldJob, FoldReply } from './fold-pool.ts'

const { port, done } = workerData as FoldChannel
port.on('message', (duty: FoldJob) => {
  if ('memory' in duty) lendHand(duty.memory, duty.slot)
  else {
    port.postMessage(answer(duty))
    Atomics.store(done, 0, 1)
    Atomics.notify(done, 0)
  }
  collectGarbageSoon()
})

function answer({
  lesson: { backbone, heads, budget, robust, ...set },
  survey,
  folds,
}: Extract<FoldJob, { folds: number[] }>): FoldReply {
  try {
    const options = { heads, budget, robust }
    return { parts: validateFolds({ ...set, prior: readPrior(backbone) }, options, survey, folds) }
  } catch (failed) {
    return { failed: failed as Error }
  }
}
