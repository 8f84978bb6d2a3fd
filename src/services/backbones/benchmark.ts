import type { Backbone } from '../../../models/backbones/registry.ts'
import type { HeadName } from '../../../models/heads/names.ts'
import type { ServiceContext } from '../../context.ts'
import { joinBackboneIds } from '../../db/backbones.ts'
import { listKeptExamples } from '../../db/kept-examples.ts'
import { readAllCopies } from '../../db/pictures.ts'
import type { Progress } from '../../progress.ts'
import { runTrainingJob } from '../../workers/training/coordinator.ts'
import { readTrainingSet } from '../training/read-training-set.ts'
import { completeFeatures } from './features.ts'

/** How well and how fast a dataset's pictures are answered with a backbone, or with several together. */
export type BackboneBenchmark = {
  backbone: string
  accuracy: number | null
  accuracyInterval: readonly [number, number] | null
  head: string
  /** Values of one feature vector. */
  features: number
  /** Median for one picture alone, decoding included. */
  milliseconds: number
}

/** With what was measured. `hits`: by row of the training set, as in TrainingResult. */
export type MeasuredBackbones = { backbones: Backbone[]; benchmark: BackboneBenchmark; hits: Int8Array }

/** Backbones are compared with the head that trains in no time. */
const HEADS: HeadName[] = ['linear']
const EFFORT = 'fast'
/** Pictures that are timed. */
const TIMED = 9

/**
 * Cross-validates a dataset with a backbone, or with several together, always on the same folds. The active version stays.
 * Throws UserError train.*
 */
export async function* benchmarkBackbones(
  app: ServiceContext,
  dataset: number,
  backbones: Backbone[],
): AsyncGenerator<Progress, MeasuredBackbones> {
  yield* completeFeatures(app, dataset, { backbones, effort: EFFORT })
  let features = 0
  const { measurement, head, hits } = yield* runTrainingJob(async () => {
    const { set, dimensions } = await readTrainingSet(app, dataset, { backbones, effort: EFFORT })
    features = dimensions
    return { ...set, heads: HEADS, budget: 0, robust: true }
  })
  const { accuracy, accuracyInterval } = measurement
  const milliseconds = await timeBackbones(app, dataset, backbones)
  const benchmark = { backbone: joinBackboneIds(backbones), accuracy, accuracyInterval, head, features, milliseconds }
  return { backbones, benchmark, hits }
}

/** Median milliseconds for one picture of a dataset alone, decoding included. Throws UserError backbone.unusable */
export async function timeBackbones(
  { db, inferencePool }: ServiceContext,
  dataset: number,
  backbones: Backbone[],
): Promise<number> {
  const examples = (await listKeptExamples(db, dataset)).slice(0, TIMED)
  const times: number[] = []
  for (const picture of (await readAllCopies(db, dataset, examples)).values()) {
    const start = performance.now()
    await Promise.all(backbones.map((b) => inferencePool(b).embed(new Uint8Array(picture), ['plain'])))
    times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  return times[times.length >> 1] ?? Number.NaN
}
