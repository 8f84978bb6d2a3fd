// A worker thread: features to a trained classifier. One a training; it holds no session, so it may end.
import { parentPort, workerData } from 'node:worker_threads'
import { readPrior } from '../../models/backbones/prior.ts'
import type { Backbone } from '../../models/backbones/registry.ts'
import { type TrainingOptions, type TrainingSet, train } from '../../models/train.ts'

export type Lesson = Omit<TrainingSet, 'prior'> & { backbone: Backbone; heads: TrainingOptions['heads'] }

const { backbone, heads, ...set } = workerData as Lesson
const port = parentPort!
const { classifier, head, reason, measurement } = train(
  { ...set, prior: readPrior(backbone) },
  { ...(heads && { heads }), onProgress: (share) => port.postMessage({ share }) },
)
port.postMessage({ learned: { classifier: classifier.toJSON(), head, reason, measurement } })
