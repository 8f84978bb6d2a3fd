import type { ServiceContext, TrainingOutcome, TrainingRequest } from '../../context.ts'
import { datasetGone, findPlace, readServerOf } from '../../db/datasets.ts'
import { haveExamplesChanged } from '../../db/example-changes.ts'
import { errorCode } from '../../errors.ts'
import type { Progress } from '../../progress.ts'
import { Training } from '../../workers/training/training.ts'
import { tellProgress } from '../training-status.ts'
import { trainAndStore } from './train-and-store.ts'

/**
 * Trains in this process. Who asks while a training of the dataset waits or runs follows that one, whatever they ask for,
 * unless examples have changed since it read them: then one more training follows it, for all who ask meanwhile.
 */
export async function* trainHere(
  app: ServiceContext,
  dataset: number,
  request: TrainingRequest,
): AsyncGenerator<Progress, TrainingOutcome> {
  const last = app.trainings.get(dataset)
  const isOutdated = last?.mark !== undefined && (await haveExamplesChanged(app.db, dataset, last.mark))
  const latest = app.trainings.get(dataset)
  // Another may have been asked for meanwhile.
  const training = latest && (latest !== last || !isOutdated) ? latest : queueTraining(app, dataset, request)
  try {
    return yield* training.follow()
  } catch (error) {
    // The program is not what stops it then.
    if (errorCode(error) === 'busy.stopping' && (await wasDeleted(app, dataset))) throw datasetGone(dataset)
    throw error
  }
}

/** Whoever cannot be asked is stopping, too. */
const wasDeleted = async ({ db }: ServiceContext, dataset: number): Promise<boolean> =>
  findPlace(db, dataset).then(
    (place) => place === undefined,
    () => false,
  )

function queueTraining(app: ServiceContext, dataset: number, request: TrainingRequest): Training<TrainingOutcome> {
  const onRead = (mark: number): void => {
    training.mark = mark
  }
  const training: Training<TrainingOutcome> = new Training({
    work: tellProgress(app, dataset, trainAndStore(app, dataset, { ...request, onRead })),
    queue: app.trainingQueue,
    readGroup: () => readServerOf(app.db, dataset),
    previous: app.trainings.get(dataset),
  })
  app.trainings.set(dataset, training)
  void training.ended.then(() => {
    if (app.trainings.get(dataset) === training) app.trainings.delete(dataset)
  })
  return training
}
