import type { Backbone } from '../../../models/backbones/registry.ts'
import type { Effort } from '../../../models/views.ts'
import type { ServiceContext, TrainingOutcome, TrainingRequest } from '../../context.ts'
import { datasetBackbones } from '../../db/datasets.ts'
import { readDatasetMark } from '../../db/example-changes.ts'
import type { TrainingExample } from '../../db/training-examples.ts'
import { deleteLearned, readLastForgetting } from '../../db/version-retention.ts'
import { type RequireHeld, readActiveSummary } from '../../db/versions.ts'
import { UserError } from '../../errors.ts'
import type { Progress } from '../../progress.ts'
import { completeFeatures } from '../backbones/features.ts'
import { readTrainingSet } from './read-training-set.ts'
import { storeVersion, type TrainedExamples } from './store-version.ts'

/** Seconds for comparing one head, unless the request says otherwise. */
const DEFAULT_BUDGET = 10

/** What a training is held by while others may take it over; left out: nobody does. */
type Hold = {
  /** Throws, in the transaction that writes the version, where another has taken it over. */
  requireHeld: RequireHeld
  /** Does something again while the database is away. */
  persist<T>(work: () => Promise<T>): Promise<T>
}

/** `onRead`: told the mark of what is about to be read (example-changes.ts). */
type RunningRequest = TrainingRequest & { onRead(mark: number): void | Promise<void>; hold?: Hold }

/** Trains on every kept example of a dataset, and writes the version. Throws UserError train.*, dataset.gone */
export async function* trainAndStore(
  app: ServiceContext,
  dataset: number,
  request: RunningRequest,
): AsyncGenerator<Progress, TrainingOutcome> {
  const { by, hold, onRead } = request
  const started = performance.now()
  const backbones = await datasetBackbones(app.db, dataset)
  const effort = request.effort ?? (await readActiveSummary(app.db, dataset))?.effort ?? 'fast'
  yield* completeFeatures(app, dataset, { backbones, effort })

  const forgottenAt = await readLastForgetting(app.db, dataset)
  const readAt = new Date().toISOString()
  const mark = await readDatasetMark(app.db, dataset)
  await onRead(mark)
  app.events.emit('trainingStarted', dataset, mark)
  const training = train(app, dataset, { ...request, backbones, effort })
  const trained = yield* deletingLearned(app, dataset, { training, forgottenAt })
  const moment = { readAt, mark, forgottenAt }
  const toStore = { trained, moment, backbones, effort, by, started, requireHeld: hold?.requireHeld }
  const store = (): Promise<TrainingOutcome> => storeVersion(app, dataset, toStore)
  return hold ? hold.persist(store) : store()
}

type Unfinished = { training: AsyncGenerator<Progress, TrainedExamples>; forgottenAt: string | undefined }

/** Where too few labels are left to train, versions that may have learned from what was forgotten are never replaced: they go. */
async function* deletingLearned(
  app: ServiceContext,
  dataset: number,
  { training, forgottenAt }: Unfinished,
): AsyncGenerator<Progress, TrainedExamples> {
  try {
    return yield* training
  } catch (error) {
    if (error instanceof UserError && error.code === 'train.too-few-labels' && forgottenAt !== undefined)
      await deleteLearned(app.db, dataset, forgottenAt)
    throw error
  }
}

/** Reads the training set while the training workers start. The set itself is held nowhere here. */
async function* train(
  app: ServiceContext,
  dataset: number,
  request: TrainingRequest & { backbones: Backbone[]; effort: Effort },
): AsyncGenerator<Progress, TrainedExamples> {
  const { heads, budget = DEFAULT_BUDGET, robust = true, backbones, effort } = request
  let examples: TrainingExample[] = []
  let labels: string[] = []
  let labelIds: number[] = []
  // Loads the training threads' code, which other commands do without.
  const { runTrainingJob } = await import('../../workers/training/coordinator.ts')
  const result = yield* runTrainingJob(async () => {
    const read = await readTrainingSet(app, dataset, { backbones, effort })
    examples = read.examples
    labels = read.set.labels
    labelIds = read.labelIds
    return { ...read.set, heads, budget, robust }
  })
  return { examples, labels, labelIds, result }
}
