// A worker thread: some folds of a training's cross-validation, or a hand in what the school computes.
import { workerData } from 'node:worker_threads'
import { readPrior } from '../../../models/backbones/prior.ts'
import { lendHand } from '../../../models/kernels/parallel.ts'
import { validateSome } from '../../../models/train.ts'
import { collectSoon } from '../gc.ts'
import type { Answer, Duty, Line } from './fold-pool.ts'

const { port, done } = workerData as Line
port.on('message', (duty: Duty) => {
  if ('memory' in duty) lendHand(duty.memory, duty.slot)
  else {
    port.postMessage(answer(duty))
    Atomics.store(done, 0, 1)
    Atomics.notify(done, 0)
  }
  collectSoon()
})

function answer({
  lesson: { backbone, heads, budget, robust, ...set },
  survey,
  folds,
}: Extract<Duty, { folds: number[] }>): Answer {
  try {
    const options = { heads, budget, robust }
    return { parts: validateSome({ ...set, prior: readPrior(backbone) }, options, survey, folds) }
  } catch (failed) {
    return { failed: failed as Error }
  }
}
