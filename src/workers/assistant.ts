// A worker thread: some folds of a training's cross-validation.
import { workerData } from 'node:worker_threads'
import { readPrior } from '../../models/backbones/prior.ts'
import { validateSome } from '../../models/train.ts'
import type { Answer, Duty, Line } from './assistants.ts'
import { collect } from './collect.ts'

const { port, done } = workerData as Line
port.on('message', (duty: Duty) => {
  port.postMessage(answer(duty))
  Atomics.store(done, 0, 1)
  Atomics.notify(done, 0)
  setImmediate(collect)
})

function answer({ lesson: { backbone, heads, budget, robust, ...set }, survey, folds }: Duty): Answer {
  try {
    const options = { heads, budget, robust }
    return { parts: validateSome({ ...set, prior: readPrior(backbone) }, options, survey, folds) }
  } catch (failed) {
    return { failed: failed as Error }
  }
}
