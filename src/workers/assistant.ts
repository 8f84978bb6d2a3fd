// A worker thread: some folds of a training's cross-validation.
import { type MessagePort, workerData } from 'node:worker_threads'
import { readPrior } from '../../models/backbones/prior.ts'
import { validateSome } from '../../models/train.ts'
import type { Duty } from './assistants.ts'

const { duty, port } = workerData as { duty: Duty; port: MessagePort }
const { lesson, folds, done } = duty
try {
  const { backbone, heads, budget, ...set } = lesson
  port.postMessage({ parts: validateSome({ ...set, prior: readPrior(backbone) }, { heads, budget }, folds) })
} catch (failed) {
  port.postMessage({ failed })
} finally {
  Atomics.store(done, 0, 1)
  Atomics.notify(done, 0)
}
