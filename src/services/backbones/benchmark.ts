import type { Backbone } from '../../../models/backbones/registry.ts'
import type { HeadName } from '../../../models/heads/names.ts'
import type { ServiceContext } from '../../context.ts'
import { readCopies } from '../../db/pictures.ts'
import type { Progress } from '../../progress.ts'
import { runTrainingJob } from '../../workers/training/coordinator.ts'
import { readTrainingSet } from '../training.ts'
import { completeFeatures } from './features.ts'

/** `milliseconds`: median of one picture alone, decoding and all. */
export type BackboneBenchmark = {
  backbone: string
  accuracy: number | null
  accuracyInterval: readonly [number, number] | null
  head: string
  features: number
  milliseconds: number
}

/** Heads that take no time to speak of. */
const HEADS: HeadName[] = ['linear']
const TIMED = 9

/** Cross-validates a dataset under a backbone, on the same folds for all; the version in use stays. Throws UserError train.* */
export async function* benchmarkBackbone(
  app: ServiceContext,
  dataset: number,
  backbone: Backbone,
): AsyncGenerator<Progress, BackboneBenchmark> {
  yield* completeFeatures(app, dataset, backbone, 'fast')
  let some = { features: 0, examples: [] as number[] }
  const { measurement, head } = yield* runTrainingJob(async () => {
    const { rows, lesson, features } = await readTrainingSet(app, dataset, backbone, 'fast')
    some = { features, examples: rows.slice(0, TIMED).map((r) => r.example) }
    return { ...lesson, backbone, heads: HEADS, budget: 0, robust: true }
  })
  const { accuracy, accuracyInterval } = measurement
  const milliseconds = await time(app, dataset, backbone, some.examples)
  return { backbone: backbone.id, accuracy, accuracyInterval, head, features: some.features, milliseconds }
}

async function time(
  { db, inferencePool }: ServiceContext,
  dataset: number,
  backbone: Backbone,
  examples: number[],
): Promise<number> {
  const times: number[] = []
  for (const copy of (await readCopies(db, dataset, examples)).values()) {
    const start = performance.now()
    await inferencePool(backbone).embed(new Uint8Array(copy), ['plain'])
    times.push(performance.now() - start)
  }
  times.sort((a, b) => a - b)
  return times[times.length >> 1]!
}
