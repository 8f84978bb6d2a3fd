import { startPrecompute } from '../services/backbones/precompute.ts'
import { startTrainings } from '../services/start-trainings.ts'
import { startSweepingObjects } from '../services/sweep-objects.ts'
import { startSweepingRecent } from '../services/sweep-recent.ts'
import { startEmptyingLog } from '../services/write-ahead-log.ts'
import type { RoleContext, RunningRole } from './roles.ts'
import { ABORT_MS, within } from './within.ts'

/** Trains datasets after they changed, and computes features that trainings will want. */
export function startTraining({ app, log }: RoleContext): RunningRole {
  const onError = (event: object): void => log.error(event, 'unexpected error')
  const trainings = startTrainings(app, (event) => log.info(event, 'retraining'))
  const started = [
    trainings,
    startPrecompute(app, onError),
    startEmptyingLog(app, onError),
    startSweepingObjects(app, onError),
    startSweepingRecent(app, onError),
  ]
  return {
    name: 'training',
    work: () => ({ waiting: app.trainingQueue.waitingCount, trainings: app.trainings.size }),
    drain: () => trainings.drain(),
    async close() {
      await within(ABORT_MS, Promise.all(started.map((part) => part.stop())))
    },
  }
}
