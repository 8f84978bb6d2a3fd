import type { ServiceContext, TrainingOutcome, TrainingRequest } from '../../context.ts'
import type { Progress } from '../../progress.ts'

/**
 * Trains on every kept example of a dataset, writes a version, and activates it unless there is a reason not to
 * (activation.ts); in this process, or on PostgreSQL in whichever training process comes first. Several who ask share one
 * training that sees what all of them have changed.
 * Throws UserError train.*, dataset.gone, busy.full, busy.stopping
 */
export const trainVersion = (
  app: ServiceContext,
  dataset: number,
  request: TrainingRequest,
): AsyncGenerator<Progress, TrainingOutcome> => app.trainer.train(dataset, request)
