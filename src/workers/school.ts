// A worker thread: features to a trained classifier. One a training; it holds no session, so it may end.
import { parentPort, workerData } from 'node:worker_threads'
import { readPrior } from '../../models/backbones/prior.ts'
import type { Backbone } from '../../models/backbones/registry.ts'
import type { HeadName } from '../../models/heads/head.ts'
import { train } from '../../models/train.ts'
import type { TrainingSet } from '../../models/training-set.ts'
import { callAssistants, type Line } from './assistants.ts'
import { collect } from './collect.ts'

export type Lesson = Omit<TrainingSet, 'prior'> & {
  backbone: Backbone
  heads: HeadName[]
  budget: number
  robust: boolean
}

const port = parentPort!
const lines = workerData as Line[]
port.on('message', (lesson: Lesson) => {
  learn(lesson)
  // What it was, is garbage only now.
  setImmediate(collect)
})

function learn(lesson: Lesson): void {
  const { backbone, heads, budget, robust, ...given } = lesson
  const { classifier, head, reason, skipped, measurement, survey } = train(
    { ...given, prior: readPrior(backbone) },
    { heads, budget, robust, onProgress: (share) => port.postMessage({ share }) },
    (survey) => callAssistants(lesson, survey, lines),
  )
  const { copies, conflicts, suspicions } = survey
  const found = { copies, conflicts, suspicions }
  port.postMessage({ learned: { classifier: classifier.toJSON(), head, reason, skipped, measurement, ...found } })
}
