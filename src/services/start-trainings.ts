import type { ServiceContext } from '../context.ts'
import { startAutoRetrain } from './auto-retrain.ts'
import type { Report } from './training/automatic.ts'
import { startTrainer, type Trainer } from './training/trainer.ts'

/**
 * Trains datasets after their examples changed, as the settings of each server say; on PostgreSQL also what other processes
 * were asked for. @param report told of what it did, and of what failed
 */
export function startTrainings(app: ServiceContext, report: Report): Trainer {
  if (app.jobs) {
    const onError = (error: unknown): void => report({ error, what: 'training' })
    return startTrainer(app, { jobs: app.jobs.ofTrainer(onError), report, onError })
  }
  const retrainer = startAutoRetrain(app, report)
  // A training takes longer than a stop may: it runs again after the next start.
  return { drain: async () => {}, stop: () => retrainer.stop() }
}
