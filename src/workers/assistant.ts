// A worker thread: some folds of a training's cross-validation.
import { workerData } from 'node:worker_threads'
import { readPrior } from '../../models/backbones/prior.ts'
import { validateSome } from '../../models/train.ts'
import type { Answer, Duty, Line } from './assistants.ts'

const { port, done } = workerData as Line
port.on('message', ({ lesson, folds }: Duty) => {
  port.postMessage(answer(lesson, folds))
  Atomics.store(done, 0, 1)
  Atomics.notify(done, 0)
})

function answer({ backbone, heads, budget, ...set }: Duty['lesson'], folds: number[]): Answer {
  try {
    return { parts: validateSome({ ...set, prior: readPrior(backbone) }, { heads, budget }, folds) }
  } catch (failed) {
    return { failed: failed as Error }
  }
}
