// A worker thread: features to a trained classifier. It holds no session, so it may end.
import { parentPort, workerData } from 'node:worker_threads'
import { readPrior } from '../../../models/backbones/prior.ts'
import type { Backbone } from '../../../models/backbones/registry.ts'
import type { HeadName } from '../../../models/heads/head.ts'
import { kernels, useKernels } from '../../../models/kernels/kernels.ts'
import { simdKernels } from '../../../models/kernels/simd.ts'
import { requiredBaseHeads, trainClassifier } from '../../../models/train.ts'
import type { TrainingSet } from '../../../models/training-set.ts'
import { collectGarbageSoon } from '../gc.ts'
import { type FoldChannel, openSharedMemoryCrew, shareFolds } from './fold-pool.ts'

export type Lesson = Omit<TrainingSet, 'prior'> & {
  backbone: Backbone
  heads: HeadName[]
  budget: number
  robust: boolean
}

const port = parentPort!
const lines = workerData as FoldChannel[]
port.on('message', (lesson: Lesson) => {
  learn(lesson)
  collectGarbageSoon()
})

function learn(lesson: Lesson): void {
  const { backbone, heads, budget, robust, ...given } = lesson
  const crew = isForCrew(lesson) ? openSharedMemoryCrew(lesson, lines) : undefined
  const before = kernels()
  if (crew) useKernels(simdKernels(crew)!)
  const { classifier, head, reason, skipped, measurement, survey } = trainClassifier(
    { ...given, prior: readPrior(backbone) },
    { heads, budget, robust, onProgress: (share) => port.postMessage({ share }) },
    crew ? undefined : (survey) => shareFolds(lesson, survey, lines),
  )
  crew?.close()
  useKernels(before)
  const { copies, conflicts, suspicions } = survey
  const found = { copies, conflicts, suspicions }
  port.postMessage({ learned: { classifier: classifier.toJSON(), head, reason, skipped, measurement, ...found } })
}

/** Bytes of whitened rows from which on no thread should have them for itself. */
const LARGE = 8 * 2 ** 20

/** Whether its cores share each loop of the kernels, instead of the folds: trees are grown outside of those. */
function isForCrew(lesson: Lesson): boolean {
  const { features: learned } = lesson
  const large = learned.rows * learned.columns * 2 >= LARGE
  const inKernels = !requiredBaseHeads(lesson, lesson).includes('boosting')
  return large && inKernels && lines.length > 0 && kernels().name === 'simd'
}
